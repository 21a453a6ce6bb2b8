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
    // An exponent of ones, and no other, carries into the sign's place when one is added to it.
    var carries: UInt32 = 0
    for value in self { carries |= (value.bitPattern & 0x7FFF_FFFF) &+ 0x0080_0000 }
    return carries < 0x8000_0000
  }
}
