/// Finds codes that point in the same direction.
public struct CosineNeighbours: Sendable {
  /// A code that was found.
  public struct Neighbour: Codable, Hashable, Sendable {
    /// Its row among the codes.
    public let index: Int
    /// Cosine of the angle between it and the query, in `[-1, 1]`; 0 where either is 0.
    public let similarity: Double
  }

  /// Number of codes.
  public let count: Int
  private let size: Int
  private let directions: [Float]

  /// Remembers codes, `[N, D]`.
  public init(_ codes: NDArray) {
    (count, size) = (codes.shape[0], codes.shape[1])
    directions = (0..<codes.shape[0]).flatMap { row in Self.direction(codes.rows(row..<row + 1)) }
  }

  /// The codes most similar to a query, the most similar first, of equally similar ones the first.
  ///
  /// - Parameters:
  ///   - limit: how many; fewer where there are fewer.
  ///   - query: `[1, D]`.
  ///   - excluded: a row that does not count, such as the query itself.
  public func nearest(
    _ limit: Int, to query: NDArray, excluding excluded: Int? = nil
  ) -> [Neighbour] {
    let direction = Self.direction(query)
    let found = (0..<count).filter { $0 != excluded }.map { row in
      Neighbour(index: row, similarity: similarity(row, direction))
    }
    return Array(
      found.sorted { ($1.similarity, $0.index) < ($0.similarity, $1.index) }.prefix(limit))
  }

  private func similarity(_ row: Int, _ direction: [Float]) -> Double {
    var sum = 0.0
    directions.withUnsafeBufferPointer { directions in
      for column in 0..<size {
        sum += Double(directions[row * size + column]) * Double(direction[column])
      }
    }
    return min(max(sum, -1), 1)
  }

  /// A code at length 1; unchanged where it is 0.
  private static func direction(_ code: NDArray) -> [Float] {
    let length = code.scalars.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard length > 0 else { return code.scalars }
    return code.scalars.map { Float(Double($0) / length) }
  }
}
