/// The first bytes of a file: how it is written, where it ends and where its root group lies.
struct Superblock {
  /// Bytes it takes.
  let size: UInt64
  /// First byte behind the file's contents.
  let end: UInt64
  /// Address of the root group's header.
  let root: UInt64

  private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Reads the first bytes of a file.
  ///
  /// - Throws: `notHDF5`, `unsupported`, `truncated`, `damaged`.
  init(_ bytes: [UInt8], of file: FileBytes) throws(HDF5Error) {
    guard bytes.starts(with: Self.signature) else { throw .notHDF5(file: file.path) }
    let place = Place(file: file.path, object: "/")
    guard bytes.count >= 96 else {
      throw .truncated(file: file.path, size: file.size, declared: 96)
    }
    var cursor = ByteCursor(bytes, of: "its superblock", at: place)
    try cursor.skip(Self.signature.count)
    let version = try cursor.number(UInt8.self)
    guard version <= 1 else {
      throw .unsupported(
        file: file.path, object: "/",
        feature: "the format of superblock \(version); write it with the library's earliest format")
    }
    try cursor.skip(4)
    let sizes = (try cursor.number(UInt8.self), try cursor.number(UInt8.self))
    guard sizes == (8, 8) else {
      throw .unsupported(
        file: file.path, object: "/", feature: "addresses of \(sizes.0) bytes instead of 8")
    }
    try cursor.skip(version == 0 ? 9 : 13)
    let base = try cursor.number(UInt64.self)
    try cursor.skip(8)
    end = try cursor.number(UInt64.self)
    let driver = try cursor.number(UInt64.self)
    guard base == 0, driver == StoredLayout.undefined else {
      throw .unsupported(
        file: file.path, object: "/", feature: "contents that do not begin at the first byte")
    }
    guard end <= file.size else {
      throw .truncated(file: file.path, size: file.size, declared: end)
    }
    try cursor.skip(8)
    root = try cursor.number(UInt64.self)
    try cursor.skip(24)
    size = UInt64(bytes.count - cursor.remaining)
  }
}
