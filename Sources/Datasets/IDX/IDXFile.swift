/// The contents of one IDX file, the format of MNIST: a type, sizes along the axes, and numbers.
///
/// The header is two zero bytes, a type, a number of axes and one big-endian 32-bit size per axis; the
/// numbers follow, big-endian, last axis fastest. The file may be gzip-compressed.
struct IDXFile {
  /// The path as it was given, for messages.
  let path: String
  let type: IDXElementType
  /// Sizes along the axes, outermost first; at least one axis.
  let dimensions: [Int]
  /// The numbers as they are stored, `dimensions` of them.
  let payload: [UInt8]

  /// Reads a whole file.
  ///
  /// What the header declares is held against the limit and against what a file of this size can hold
  /// before memory is set aside for it.
  init(path: String, limit: Int = InputLimit.bytes) throws(DatasetError) {
    let reader = try GzipReader(path: path)
    let (type, dimensions) = try Self.readHeader(reader)
    let headerSize = 4 + 4 * dimensions.count
    guard let size = checkedProduct(dimensions + [type.size]), size <= limit else {
      throw .tooLarge(
        path: path, bytes: checkedProduct(dimensions + [type.size]) ?? .max, limit: limit)
    }
    guard size <= reader.sizeLimit - headerSize else {
      throw .truncated(path: path, expected: headerSize + size, found: reader.sizeLimit)
    }
    self.path = path
    self.type = type
    self.dimensions = dimensions
    self.payload = try [UInt8](unsafeUninitializedCapacity: size) {
      buffer, count throws(DatasetError) in
      count = try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    guard payload.count == size else {
      throw .truncated(path: path, expected: headerSize + size, found: headerSize + payload.count)
    }
    guard try reader.isAtEnd() else {
      throw .trailingBytes(path: path, expected: headerSize + size)
    }
  }

  private static func readHeader(
    _ reader: GzipReader
  ) throws(DatasetError) -> (IDXElementType, [Int]) {
    let start = try bytes(4, from: reader)
    guard start.count == 4, start[0] == 0, start[1] == 0, start[3] > 0 else {
      throw .notIDX(path: reader.path, start: start)
    }
    guard let type = IDXElementType(rawValue: start[2]) else {
      throw .unknownIDXType(path: reader.path, code: start[2])
    }
    let axes = Int(start[3])
    let sizes = try bytes(4 * axes, from: reader)
    guard sizes.count == 4 * axes else {
      throw .truncated(path: reader.path, expected: 4 + 4 * axes, found: 4 + sizes.count)
    }
    let dimensions = (0..<axes).map { axis in
      sizes[4 * axis..<4 * axis + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    return (type, dimensions)
  }

  private static func bytes(_ size: Int, from reader: GzipReader) throws(DatasetError) -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: size) { buffer, count throws(DatasetError) in
      count = try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }
}
