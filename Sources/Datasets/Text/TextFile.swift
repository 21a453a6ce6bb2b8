/// Files of UTF-8 text, compressed by gzip or not.
enum TextFile {
  /// Reads a whole file, without a byte-order mark.
  ///
  /// - Throws: ``DatasetError/notText(path:line:reason:)`` where it is not UTF-8 or holds a NUL byte, such as
  ///   UTF-16 does; ``DatasetError/tooLarge(path:bytes:limit:)`` beyond ``InputLimit/bytes``, and whatever is
  ///   wrong with the file itself.
  static func text(of path: String) throws(DatasetError) -> String {
    let bytes = try contents(of: path)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
    if let nul = body.firstIndex(of: 0) {
      throw .notText(path: path, line: lineNumber(of: nul, in: body), reason: "holds a NUL byte")
    }
    guard let text = String(validating: body, as: UTF8.self) else {
      throw .notText(path: path, line: firstBadLine(in: body), reason: "is not UTF-8")
    }
    return text
  }

  /// All bytes of a file, unpacked.
  static func contents(of path: String) throws(DatasetError) -> [UInt8] {
    let reader = try GzipReader(path: path)
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = try reader.read(into: block)
      if count == 0 { return bytes }
      guard bytes.count + count <= InputLimit.bytes else {
        throw .tooLarge(path: path, bytes: bytes.count + count, limit: InputLimit.bytes)
      }
      bytes += block[..<count]
    }
  }

  /// The name of a file without its endings, such as `books` of `books.txt.gz`.
  static func stem(of name: String) -> String {
    var stem = name[...]
    for ending in [".gz", ".txt", ".tsv"] where stem.hasSuffix(ending) && stem.count > ending.count
    {
      stem = stem.dropLast(ending.count)
    }
    return String(stem)
  }

  /// The number of the line, from 1, that the byte at `index` is part of.
  private static func lineNumber(of index: Int, in bytes: ArraySlice<UInt8>) -> Int {
    1 + bytes[..<index].count { $0 == TextBytes.lineEnd }
  }

  /// The number of the first line, from 1, that is not UTF-8.
  private static func firstBadLine(in bytes: ArraySlice<UInt8>) -> Int {
    let lines = bytes.split(separator: TextBytes.lineEnd, omittingEmptySubsequences: false)
    return 1 + (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0)
  }
}
