import Tensors

/// NumPy's `.npy` files (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
enum NPYFile {
  /// Reads a whole file as float32, rounded to the nearest.
  static func read(_ path: String) throws(DatasetError) -> NDArray {
    let bytes = try InputFile.contents(of: path)
    let (header, start) = try NPYHeader.read(bytes, path: path)
    let type = try NPYElementType(of: header, path: path)
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
    let scalars = [Float](unsafeUninitializedCapacity: size / type.size) { target, count in
      bytes.withUnsafeBytes { bytes in
        type.convert(UnsafeRawBufferPointer(rebasing: bytes[start...]), into: target)
      }
      count = size / type.size
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
}
