extension MetadataReader {
  /// All messages of an object's header, block after block.
  ///
  /// - Throws: `damaged`, `unsupported`, `truncated`, `library`.
  mutating func headerMessages(
    at address: UInt64, _ place: Place
  ) throws(HDF5Error) -> [HeaderMessage] {
    let part = "its header"
    var prefix = ByteCursor(
      try bytes(16, at: address, part: part, of: place), of: part, at: place)
    let version = try prefix.number(UInt8.self)
    guard version == 1 else {
      throw .unsupported(
        file: place.file, object: place.object,
        feature: "a header of another version than 1; write it with the library's earliest format")
    }
    try prefix.skip(7)
    let size = Int(try prefix.number(UInt32.self))
    guard size <= PlainLimits.headerBytes else { throw prefix.damaged("has \(size) bytes") }
    let first = try claim(16 + size, at: address, part: part, of: place)
    var waiting = [first.dropFirst(16)]
    var messages: [HeaderMessage] = []
    var (blocks, total) = (1, size)
    while let block = waiting.popLast() {
      for message in try Self.messages(in: block, place) {
        guard message.kind == HeaderMessage.Kind.continuation else {
          messages.append(message)
          continue
        }
        var cursor = ByteCursor(message.body, of: part, at: place)
        let start = try cursor.number(UInt64.self)
        let count = Int(clamping: try cursor.number(UInt64.self))
        (blocks, total) = (blocks + 1, total + min(count, PlainLimits.headerBytes))
        guard blocks <= PlainLimits.headerBlocks, total <= PlainLimits.headerBytes else {
          throw cursor.damaged("goes on for more than \(PlainLimits.headerBytes) bytes")
        }
        waiting.append(try claim(count, at: start, part: part, of: place)[...])
      }
    }
    return messages
  }

  /// The messages of one block of a header.
  private static func messages(
    in block: ArraySlice<UInt8>, _ place: Place
  ) throws(HDF5Error) -> [HeaderMessage] {
    var cursor = ByteCursor(block, of: "its header", at: place)
    var messages: [HeaderMessage] = []
    while cursor.remaining >= 8 {
      let kind = try cursor.number(UInt16.self)
      let size = Int(try cursor.number(UInt16.self))
      let flags = try cursor.number(UInt8.self)
      try cursor.skip(3)
      messages.append(HeaderMessage(kind: kind, flags: flags, body: try cursor.take(size)))
    }
    return messages
  }
}
