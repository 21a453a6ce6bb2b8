/// The array in a `.npy` file, read from disk as it is wanted.
struct StoredNPYArray: StoredArray {
  let path: String
  let shape: [Int]
  private let type: NPYElementType
  private let start: Int
  private let rowSize: Int
  private let file: InputFile

  /// The most bytes that a header takes.
  private static let headerLimit = 1 << 20

  /// Opens a file and checks that it is as long as its header says.
  ///
  /// - Throws: as ``ArrayFile/read(_:)``.
  init(path: String) throws(DatasetError) {
    let file = try InputFile(path: path)
    let head = try [UInt8](unsafeUninitializedCapacity: min(file.size, Self.headerLimit)) {
      buffer, count throws(DatasetError) in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    let (header, start) = try NPYHeader.read(head, path: path)
    type = try NPYElementType(of: header, path: path)
    guard let size = checkedProduct(header.shape + [type.size]), size <= .max - start else {
      throw .tooLarge(path: path, bytes: .max, limit: file.size)
    }
    guard file.size >= start + size else {
      throw .truncated(path: path, expected: start + size, found: file.size)
    }
    guard file.size == start + size else {
      throw .trailingBytes(path: path, expected: start + size)
    }
    self.file = file
    self.path = path
    self.shape = header.shape
    self.start = start
    rowSize = header.shape.dropFirst().reduce(1, *)
  }

  var holdsBytes: Bool { type == .uint8 }

  func copy(_ rows: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError)
  {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: rows.count * rowSize * type.size, alignment: 8)
    defer { bytes.deallocate() }
    try file.read(into: bytes, at: start + rows.lowerBound * rowSize * type.size)
    type.convert(UnsafeRawBufferPointer(bytes), into: target)
  }
}
