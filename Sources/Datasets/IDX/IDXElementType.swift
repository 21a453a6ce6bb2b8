/// The types of number that an IDX file can hold, with the code that stands for each in its header.
enum IDXElementType: UInt8 {
  case unsignedByte = 0x08
  case signedByte = 0x09
  case int16 = 0x0B
  case int32 = 0x0C
  case float32 = 0x0D
  case float64 = 0x0E

  /// Bytes that one number takes.
  var size: Int {
    switch self {
    case .unsignedByte, .signedByte: 1
    case .int16: 2
    case .int32, .float32: 4
    case .float64: 8
    }
  }

  /// Reads the big-endian numbers of `bytes` as float32, rounded to the nearest.
  func floats(_ bytes: UnsafeRawBufferPointer) -> [Float] {
    switch self {
    case .unsignedByte: bytes.map(Float.init)
    case .signedByte: bytes.map { Float(Int8(bitPattern: $0)) }
    case .int16: words(bytes, as: UInt16.self) { Float(Int16(bitPattern: $0)) }
    case .int32: words(bytes, as: UInt32.self) { Float(Int32(bitPattern: $0)) }
    case .float32: words(bytes, as: UInt32.self) { Float(bitPattern: $0) }
    case .float64: words(bytes, as: UInt64.self) { Float(Double(bitPattern: $0)) }
    }
  }

  /// Reads the big-endian numbers of `bytes` as integers, `nil` where they are fractions.
  func integers(_ bytes: UnsafeRawBufferPointer) -> [Int]? {
    switch self {
    case .unsignedByte: bytes.map(Int.init)
    case .signedByte: bytes.map { Int(Int8(bitPattern: $0)) }
    case .int16: words(bytes, as: UInt16.self) { Int(Int16(bitPattern: $0)) }
    case .int32: words(bytes, as: UInt32.self) { Int(Int32(bitPattern: $0)) }
    case .float32, .float64: nil
    }
  }

  private func words<Word: FixedWidthInteger, Value>(
    _ bytes: UnsafeRawBufferPointer, as type: Word.Type, _ value: (Word) -> Value
  ) -> [Value] {
    (0..<bytes.count / MemoryLayout<Word>.size).map { index in
      value(
        Word(
          bigEndian: bytes.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Word>.size, as: type)))
    }
  }
}
