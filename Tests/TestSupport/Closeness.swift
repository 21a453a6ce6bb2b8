public import Tensors
public import Testing

/// Expects that arrays have the same shape and that each element of `actual` differs from that of `expected` by at
/// most `tolerance · (1 + |expected|)`; NaN equals NaN, infinities equal themselves.
public func expectClose(
  _ actual: NDArray, _ expected: DoubleArray, tolerance: Double = 1e-5, _ what: String = "value",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.shape == expected.shape else {
    Issue.record(
      "\(what) has shape \(actual.shape), expected \(expected.shape)",
      sourceLocation: sourceLocation)
    return
  }
  expectClose(
    actual.scalars, expected.values, tolerance: tolerance, what, sourceLocation: sourceLocation)
}

/// Expects that each number of `actual` differs from that of `expected` by at most
/// `tolerance · (1 + |expected|)`.
public func expectClose(
  _ actual: [Float], _ expected: [Double], tolerance: Double = 1e-5, _ what: String = "value",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record(
      "\(what) has \(actual.count) numbers, expected \(expected.count)",
      sourceLocation: sourceLocation)
    return
  }
  let wrong = actual.indices.filter { index in
    !isClose(Double(actual[index]), expected[index], tolerance)
  }
  guard let first = wrong.first else { return }
  Issue.record(
    """
    \(what): \(wrong.count) of \(actual.count) differ, first [\(first)] = \(actual[first]), \
    expected \(expected[first])
    """,
    sourceLocation: sourceLocation)
}

/// Expects that a number differs from another by at most `tolerance · (1 + |expected|)`.
public func expectClose(
  _ actual: Float, _ expected: Double, tolerance: Double = 1e-5, _ what: String = "value",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    [actual], [expected], tolerance: tolerance, what, sourceLocation: sourceLocation)
}

private func isClose(_ actual: Double, _ expected: Double, _ tolerance: Double) -> Bool {
  if expected.isNaN { return actual.isNaN }
  if expected.isInfinite { return actual == expected }
  return abs(actual - expected) <= tolerance * (1 + abs(expected))
}

extension NDArray {
  /// The bit patterns of the elements: for comparisons that count every bit, NaN included.
  public var bits: [UInt32] { scalars.map(\.bitPattern) }
}

/// How far a float is from the exact value, in units in the last place of the exact value's rounding.
///
/// 0 where both are NaN or the same infinity, infinite where only one is.
public func ulpDistance(_ actual: Float, _ exact: Double) -> Double {
  let rounded = Float(exact)
  if rounded.isNaN || actual.isNaN { return rounded.isNaN && actual.isNaN ? 0 : .infinity }
  if rounded.isInfinite || actual.isInfinite { return actual == rounded ? 0 : .infinity }
  let ulp = max(Double(rounded.ulp), Double(Float.leastNonzeroMagnitude))
  return abs(Double(actual) - exact) / ulp
}
