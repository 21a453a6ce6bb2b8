/// What a ``LinearProbe`` looks at: a row of numbers for each example.
public enum ProbeFeatures: Sendable {
  /// Codes, `[N, D]`. A probe standardises each column by its training rows.
  case codes(NDArray)
  /// Rows of few numbers, such as those of `TFIDF`; taken as they are.
  case sparse(SparseRows)

  /// Number of examples.
  public var count: Int {
    switch self {
    case .codes(let codes): codes.shape[0]
    case .sparse(let rows): rows.count
    }
  }

  /// Numbers in a row.
  public var size: Int {
    switch self {
    case .codes(let codes): codes.shape[1]
    case .sparse(let rows): rows.size
    }
  }

  /// Chosen rows, in the order of their indices.
  public func rows(_ indices: [Int]) -> ProbeFeatures {
    switch self {
    case .codes(let codes):
      var scalars: [Float] = []
      scalars.reserveCapacity(indices.count * size)
      for index in indices { scalars += codes.scalars[index * size..<(index + 1) * size] }
      return .codes(NDArray(scalars, shape: [indices.count, size]))
    case .sparse(let rows): return .sparse(rows.rows(indices))
    }
  }
}
