extension Dataset {
  /// Reads the string of a dataset that has one element.
  ///
  /// - Parameter limit: The most bytes of text to accept.
  /// - Throws: `wrongCount` unless there is one element, and what `readStrings(limit:)` throws.
  public func readString(limit: Int = 64 << 20) throws(HDF5Error) -> String {
    try expect(.string)
    let count = elementCount(of: shape) ?? Int.max
    guard count == 1, let string = try readStrings(limit: limit).first else {
      throw .wrongCount(file: reference.file, object: path, expected: count, found: 1)
    }
    return string
  }

  /// Reads all strings, the last axis running fastest.
  ///
  /// - Parameter limit: The most bytes of text to accept, over all strings.
  /// - Throws: `wrongType`, `textTooLong`, `tooLarge`, `invalidText`, `foreignData`, `closed`,
  ///   `library`.
  public func readStrings(limit: Int = 64 << 20) throws(HDF5Error) -> [String] {
    try expectOwnData()
    try expect(.string)
    let handle = reference.handle
    let type = try H5D.type(of: handle)
    switch try H5T.stringForm(of: type) {
    case .fixed(let size, let padding, let endsAtNUL):
      let count = try checkedCount(nil, elementSize: size)
      try expect(bytes: UInt64(count * size), within: limit)
      return try Text.fixed((size, padding, endsAtNUL), count: count, at: handle.place) {
        bytes throws(HDF5Error) in
        try H5D.read(handle, block: nil, count: count, type: try type.id(), into: bytes)
      }
    case .variable(let isUTF8):
      // An element in the file is a length and a place in a heap, 16 bytes together.
      let count = try checkedCount(nil, elementSize: 16)
      guard count > 0 else { return [] }
      let memory = try H5T.string(size: 0, isUTF8: isUTF8, at: handle.place)
      // HDF5 1.10 writes beyond its memory when asked this of a dataset without axes; a single string
      // is no longer than the file in any case, and is measured below.
      if !shape.isEmpty {
        let space = try H5D.space(of: handle)
        let bytes = try H5D.variableSize(of: handle, type: memory, space: space)
        // Of what HDF5 counts, one byte per string is its NUL.
        try expect(bytes: bytes - min(bytes, UInt64(count)), within: limit)
      }
      let strings = try Text.variable(count: count, type: memory, at: handle.place) {
        bytes throws(HDF5Error) in
        try H5D.read(handle, block: nil, count: count, type: try memory.id(), into: bytes)
      }
      try expect(bytes: UInt64(strings.reduce(0) { $0 + $1.utf8.count }), within: limit)
      return strings
    }
  }

  private func expect(bytes: UInt64, within limit: Int) throws(HDF5Error) {
    if bytes > UInt64(max(limit, 0)) {
      throw .textTooLong(
        file: reference.file, object: path, bytes: bytes, limit: UInt64(max(limit, 0)))
    }
  }
}
