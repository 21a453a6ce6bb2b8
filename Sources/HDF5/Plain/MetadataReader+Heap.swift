extension MetadataReader {
  /// Where the objects of one block of the global heap lie, by index.
  ///
  /// - Throws: `damaged`, `unsupported`, `truncated`, `library`.
  mutating func heapBlock(
    at address: UInt64, _ place: Place
  ) throws(HDF5Error) -> [UInt16: Range<UInt64>] {
    let part = "the heap of its text"
    var head = ByteCursor(
      try bytes(16, at: address, part: part, of: place), of: part, at: place)
    try head.expect(signature: "GCOL")
    _ = try head.expect(version: 1...1)
    try head.skip(3)
    let size = try head.number(UInt64.self)
    try claimRange(address, size, part: part, of: place)
    let end = address + size
    var objects: [UInt16: Range<UInt64>] = [:]
    var position = address + 16
    while position <= end, end - position >= 16 {
      var cursor = ByteCursor(
        try bytes(16, at: position, part: part, of: place), of: part, at: place)
      let index = try cursor.number(UInt16.self)
      try cursor.skip(6)
      let count = try cursor.number(UInt64.self)
      // The first free byte: all behind it is free.
      if index == 0 { break }
      let start = position + 16
      guard count <= end - start, objects.count < PlainLimits.heapObjects,
        objects.updateValue(start..<start + count, forKey: index) == nil
      else { throw cursor.damaged("is out of order") }
      position = start + (count + 7) / 8 * 8
    }
    return objects
  }
}
