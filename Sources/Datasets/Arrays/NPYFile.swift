import Tensors

/// NumPy's `.npy` files (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
enum NPYFile {
  /// The types that are read: how each is written in a header, and its size in bytes.
  private static let types: [(name: String, size: Int)] = [
    ("<f4", 4), ("<f8", 8), ("<i8", 8), ("|u1", 1),
  ]

  /// Reads a whole file as float32, rounded to the nearest.
  static func read(_ path: String) throws(DatasetError) -> NDArray {
    let bytes = try InputFile.contents(of: path)
    let (header, start) = try NPYHeader.read(bytes, path: path)
    guard let type = types.first(where: { $0.name == header.type }) else {
      throw .unsupportedNPYType(path: path, type: header.type, known: types.map(\.name))
    }
    guard !header.isFortranOrder else { throw .fortranOrder(path: path) }
    guard let size = checkedProduct(header.shape + [type.size]), size <= InputLimit.bytes else {
      throw .tooLarge(
        path: path, bytes: checkedProduct(header.shape + [type.size]) ?? .max,
        limit: InputLimit.bytes)
    }
    guard bytes.count >= start + size else {
      throw .truncated(path: path, expected: start + size, found: bytes.count)
    }
    guard bytes.count == start + size else {
      throw .trailingBytes(path: path, expected: start + size)
    }
    let scalars = bytes.withUnsafeBytes { bytes in
      decode(UnsafeRawBufferPointer(rebasing: bytes[start...]), type.name)
    }
    return NDArray(scalars, shape: Shape(header.shape))
  }

  /// The bytes of a file: version 1.0, little-endian `f4`.
  static func encode(_ array: NDArray) -> [UInt8] {
    let header = NPYHeader(type: "<f4", shape: array.shape.dimensions).encoded
    let words = array.scalars.map { $0.bitPattern.littleEndian }
    return words.withUnsafeBytes { words in
      [UInt8](unsafeUninitializedCapacity: header.count + words.count) { target, count in
        count = header.count + words.count
        let target = UnsafeMutableRawBufferPointer(target)
        target.copyBytes(from: header)
        UnsafeMutableRawBufferPointer(rebasing: target[header.count...]).copyMemory(from: words)
      }
    }
  }

  private static func decode(_ bytes: UnsafeRawBufferPointer, _ type: String) -> [Float] {
    switch type {
    case "<f4": words(bytes, as: UInt32.self) { Float(bitPattern: $0) }
    case "<f8": words(bytes, as: UInt64.self) { Float(Double(bitPattern: $0)) }
    case "<i8": words(bytes, as: UInt64.self) { Float(Int64(bitPattern: $0)) }
    default: bytes.map(Float.init)
    }
  }

  private static func words<Word: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, as type: Word.Type, _ value: (Word) -> Float
  ) -> [Float] {
    (0..<bytes.count / MemoryLayout<Word>.size).map { index in
      value(
        Word(
          littleEndian: bytes.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Word>.size, as: type)))
    }
  }
}
