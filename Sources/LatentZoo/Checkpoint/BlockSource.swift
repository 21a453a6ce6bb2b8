/// Bytes that come block by block and are to be looked at once.
protocol BlockSource {
  /// What can go wrong.
  associatedtype Failure: Error

  /// Whether the bytes are float32 numbers.
  var holdsFloats: Bool { get }

  /// The next block, `nil` after the last; it lasts until the next call.
  ///
  /// Blocks of float32 numbers begin and end with a number.
  mutating func nextBlock() throws(Failure) -> UnsafeRawBufferPointer?
}

extension UnsafeBufferPointer<Float> {
  /// Whether no element is infinite or NaN, as fast as memory can be read.
  var areFinite: Bool {
    var largest: UInt32 = 0
    for value in self { largest = Swift.max(largest, value.bitPattern & 0x7FFF_FFFF) }
    return largest < 0x7F80_0000
  }
}
