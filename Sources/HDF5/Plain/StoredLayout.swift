/// Where the elements of a dataset lie, as a file says it.
enum StoredLayout: Sendable {
  /// At a place in the file; nil where they were never written.
  case contiguous(offset: UInt64?, bytes: UInt64)
  /// Inside the header.
  case compact(ArraySlice<UInt8>)

  /// What is not read, and what mends it.
  static let chunks =
    "data in chunks or filtered; `h5repack -l CONTI -f NONE` writes them in one piece"

  /// An address that stands for none.
  static let undefined = UInt64.max

  /// Reads a description of a layout.
  ///
  /// - Throws: `damaged`, `unsupported`.
  init(_ cursor: inout ByteCursor) throws(HDF5Error) {
    let version = try cursor.number(UInt8.self)
    switch version {
    case 1, 2: try self.init(early: &cursor)
    case 3:
      switch try cursor.number(UInt8.self) {
      case 0: self = .compact(try cursor.take(Int(try cursor.number(UInt16.self))))
      case 1:
        let offset = try cursor.number(UInt64.self)
        self = .contiguous(
          offset: offset == Self.undefined ? nil : offset, bytes: try cursor.number(UInt64.self))
      case 2: throw Self.chunked(cursor)
      default: throw cursor.damaged("is of no kind there is")
      }
    case 4:
      guard try cursor.number(UInt8.self) == 3 else { throw Self.chunked(cursor) }
      throw .foreignData(
        file: cursor.place.file, object: cursor.place.object, layout: .virtual)
    default: throw cursor.damaged("is of version \(version)")
    }
  }

  /// The rest of a layout of version 1 or 2.
  private init(early cursor: inout ByteCursor) throws(HDF5Error) {
    let rank = Int(try cursor.number(UInt8.self))
    let kind = try cursor.number(UInt8.self)
    try cursor.skip(5)
    guard rank <= PlainLimits.rank + 1 else { throw cursor.damaged("has \(rank) axes") }
    if kind == 2 { throw Self.chunked(cursor) }
    let offset = kind == 0 ? nil : try cursor.number(UInt64.self)
    var bytes: UInt64 = 1
    for _ in 0..<rank {
      let (product, overflow) = bytes.multipliedReportingOverflow(
        by: UInt64(try cursor.number(UInt32.self)))
      if overflow { throw cursor.damaged("is larger than any file") }
      bytes = product
    }
    if kind == 0 {
      self = .compact(try cursor.take(Int(try cursor.number(UInt32.self))))
    } else {
      self = .contiguous(offset: offset == Self.undefined ? nil : offset, bytes: bytes)
    }
  }

  private static func chunked(_ cursor: ByteCursor) -> HDF5Error {
    .unsupported(
      file: cursor.place.file, object: cursor.place.object,
      feature: Self.chunks)
  }
}
