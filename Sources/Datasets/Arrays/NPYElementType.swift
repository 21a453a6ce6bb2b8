/// The types of number in `.npy` files that are read, by their names in the header.
enum NPYElementType: String, CaseIterable {
  case float32 = "<f4"
  case float64 = "<f8"
  case int64 = "<i8"
  case uint8 = "|u1"

  /// The type that a header names, where the array is stored row by row.
  ///
  /// - Throws: ``DatasetError/unsupportedNPYType(path:type:known:)`` and
  ///   ``DatasetError/fortranOrder(path:)``.
  init(of header: NPYHeader, path: String) throws(DatasetError) {
    guard let type = Self(rawValue: header.type) else {
      throw .unsupportedNPYType(
        path: path, type: header.type, known: Self.allCases.map(\.rawValue))
    }
    guard !header.isFortranOrder else { throw .fortranOrder(path: path) }
    self = type
  }

  /// Bytes that one number takes.
  var size: Int {
    switch self {
    case .float32: 4
    case .float64, .int64: 8
    case .uint8: 1
    }
  }

  /// Turns stored numbers into float32, rounded to the nearest.
  ///
  /// - Parameter target: room for all of them.
  func convert(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>) {
    switch self {
    case .float32: words(bytes, as: UInt32.self, target) { Float(bitPattern: $0) }
    case .float64: words(bytes, as: UInt64.self, target) { Float(Double(bitPattern: $0)) }
    case .int64: words(bytes, as: UInt64.self, target) { Float(Int64(bitPattern: $0)) }
    case .uint8: words(bytes, as: UInt8.self, target) { Float($0) }
    }
  }

  private func words<Word: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, as type: Word.Type,
    _ target: UnsafeMutableBufferPointer<Float>, _ value: (Word) -> Float
  ) {
    for index in 0..<bytes.count / MemoryLayout<Word>.size {
      target[index] = value(
        Word(
          littleEndian: bytes.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Word>.size, as: type)))
    }
  }
}
