/// Sizes along the axes as a file describes them.
enum StoredShape {
  /// Reads a description of a shape; `[0]` for one without elements.
  ///
  /// A size that no memory has counts as `Int.max`; the check against the file refuses it.
  ///
  /// - Throws: `damaged`, `unsupported`.
  static func read(_ cursor: inout ByteCursor) throws(HDF5Error) -> [Int] {
    let version = try cursor.expect(version: 1...2)
    let rank = Int(try cursor.number(UInt8.self))
    let flags = try cursor.number(UInt8.self)
    guard rank <= PlainLimits.rank else { throw cursor.damaged("has \(rank) axes") }
    var isNull = false
    if version == 1 {
      try cursor.skip(5)
    } else {
      let kind = try cursor.number(UInt8.self)
      guard kind <= 2, kind == 1 || rank == 0 else {
        throw cursor.damaged("is of no kind there is")
      }
      isNull = kind == 2
    }
    var sizes: [Int] = []
    for _ in 0..<rank { sizes.append(Int(clamping: try cursor.number(UInt64.self))) }
    if flags & 1 == 1 { try cursor.skip(8 * rank) }
    return isNull ? [0] : sizes
  }
}
