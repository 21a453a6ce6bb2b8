/// Which bytes of a file belong to what has been read of it, so that nothing is read as two things.
struct ByteClaims: Sendable {
  /// The end of each range by its start.
  private var ends: [UInt64: UInt64] = [:]

  /// Takes a range; false where another begins at the same place.
  mutating func take(_ range: Range<UInt64>) -> Bool {
    range.isEmpty || ends.updateValue(range.upperBound, forKey: range.lowerBound) == nil
  }

  /// Two ranges that share bytes, nil where there are none.
  func firstOverlap() -> (Range<UInt64>, Range<UInt64>)? {
    var last: Range<UInt64>?
    for (start, end) in ends.sorted(by: { $0.key < $1.key }) {
      if let last, last.upperBound > start { return (last, start..<end) }
      last = start..<end
    }
    return nil
  }
}
