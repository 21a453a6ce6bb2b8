/// Strings out of the bytes of a ``PlainFile``.
struct PlainText {
  private let file: PlainFile
  private let place: Place
  private let limit: Int

  /// Reads strings of one object, of at most `limit` bytes in all.
  init(_ file: PlainFile, _ place: Place, limit: Int) {
    self.file = file
    self.place = place
    self.limit = limit
  }

  /// The strings whose elements are given.
  ///
  /// - Throws: `textTooLong`, `invalidText`, `damaged`, `truncated`.
  func strings(
    _ form: StringForm, elements: ArraySlice<UInt8>
  ) throws(HDF5Error) -> [String] {
    var strings: [String] = []
    var total = 0
    let size = if case .fixed(let size, _, _) = form { size } else { 16 }
    guard elements.count <= limit else { throw tooLong(elements.count) }
    for start in stride(from: elements.startIndex, to: elements.endIndex - size + 1, by: size) {
      let element = elements[start..<start + size]
      let bytes =
        switch form {
        case .fixed(_, let padding, let endsAtNUL): trimmed(element, padding, endsAtNUL)
        case .variable: try variable(element, total: total)
        }
      total += bytes.count
      guard let string = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
        throw .invalidText(file: place.file, object: place.object)
      }
      strings.append(string)
    }
    return strings
  }

  private func trimmed(
    _ field: ArraySlice<UInt8>, _ padding: UInt8, _ endsAtNUL: Bool
  ) -> ArraySlice<UInt8> {
    var field = endsAtNUL ? field.prefix { $0 != 0 } : field
    while field.last == padding { field.removeLast() }
    return field
  }

  /// The bytes of a string in the heap.
  private func variable(
    _ element: ArraySlice<UInt8>, total: Int
  ) throws(HDF5Error) -> ArraySlice<UInt8> {
    var cursor = ByteCursor(element, of: "its text", at: place)
    let count = Int(try cursor.number(UInt32.self))
    let block = try cursor.number(UInt64.self)
    let index = try cursor.number(UInt32.self)
    if count == 0 { return [] }
    guard total + count <= limit else { throw tooLong(total + count) }
    guard let index = UInt16(exactly: index) else { throw cursor.damaged("is in no heap") }
    let range = try file.core.withMetadata { (reader) throws(HDF5Error) in
      try reader.heapObject(index, at: block, place)
    }
    guard UInt64(count) <= range.upperBound - range.lowerBound else {
      throw cursor.damaged("is longer than its place in the heap")
    }
    let bytes = try [UInt8](unsafeUninitializedCapacity: count) {
      buffer, filled throws(HDF5Error) in
      try file.core.file.read(
        into: UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]),
        at: range.lowerBound)
      filled = count
    }
    return bytes[...]
  }

  private func tooLong(_ bytes: Int) -> HDF5Error {
    .textTooLong(
      file: place.file, object: place.object, bytes: UInt64(bytes), limit: UInt64(limit))
  }
}
