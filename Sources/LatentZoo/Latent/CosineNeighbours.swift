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
  private let centre: [Float]
  private let directions: [Float]

  /// Remembers codes.
  ///
  /// - Parameters:
  ///   - codes: `[N, D]`.
  ///   - isCentred: whether angles are seen from the mean of the codes rather than from 0. What all codes share, often the
  ///     largest part of a sentence's, then says nothing.
  public init(_ codes: NDArray, isCentred: Bool = false) {
    let (count, size) = (codes.shape[0], codes.shape[1])
    var sums = [Double](repeating: 0, count: size)
    if isCentred {
      for (place, value) in codes.scalars.enumerated() { sums[place % size] += Double(value) }
    }
    let centre = sums.map { Float($0 / Double(max(count, 1))) }
    directions = (0..<count).flatMap { row in
      Self.direction(of: codes.scalars[row * size..<(row + 1) * size], from: centre)
    }
    (self.count, self.size, self.centre) = (count, size, centre)
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
    let direction = Self.direction(of: query.scalars[...], from: centre)
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

  /// Where a code lies from the centre, at length 1; 0 where it is the centre.
  private static func direction(of code: ArraySlice<Float>, from centre: [Float]) -> [Float] {
    let moved = zip(code, centre).map { Double($0) - Double($1) }
    let length = moved.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return moved.map { length > 0 ? Float($0 / length) : 0 }
  }
}
