/// Walks through bytes of a file's structure, front to back, and never beyond their end.
struct ByteCursor {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  /// Object the bytes belong to, for errors.
  let place: Place
  /// What the bytes are, such as "its header", for errors.
  let part: String

  /// Begins at the first of some bytes.
  init(_ bytes: some RandomAccessCollection<UInt8>, of part: String, at place: Place) {
    self.bytes = (bytes as? ArraySlice<UInt8>) ?? ArraySlice(bytes)
    position = self.bytes.startIndex
    self.part = part
    self.place = place
  }

  /// Number of bytes ahead.
  var remaining: Int { bytes.endIndex - position }

  /// The next bytes.
  ///
  /// - Throws: `damaged`.
  mutating func take(_ count: Int) throws(HDF5Error) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else { throw damaged("ends early") }
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// Passes over bytes.
  ///
  /// - Throws: `damaged`.
  mutating func skip(_ count: Int) throws(HDF5Error) { _ = try take(count) }

  /// The next little-endian number.
  ///
  /// - Throws: `damaged`.
  mutating func number<T: FixedWidthInteger & UnsignedInteger>(
    _ type: T.Type = T.self
  ) throws(HDF5Error) -> T {
    var value: T = 0
    for (place, byte) in try take(MemoryLayout<T>.size).enumerated() {
      value |= T(byte) << T(8 * place)
    }
    return value
  }

  /// Passes over a signature of letters.
  ///
  /// - Throws: `damaged` where there is another.
  mutating func expect(signature: String) throws(HDF5Error) {
    guard try take(signature.utf8.count).elementsEqual(signature.utf8) else {
      throw damaged("does not begin with \(signature)")
    }
  }

  /// Reads a version and compares.
  ///
  /// - Throws: `unsupported`.
  mutating func expect(version known: ClosedRange<UInt8>) throws(HDF5Error) -> UInt8 {
    let version = try number(UInt8.self)
    guard known.contains(version) else {
      throw .unsupported(
        file: place.file, object: place.object, feature: "\(part) of version \(version)")
    }
    return version
  }

  /// The error for bytes that cannot be right.
  func damaged(_ reason: String) -> HDF5Error {
    .damaged(file: place.file, object: place.object, reason: "\(part) \(reason)")
  }
}
