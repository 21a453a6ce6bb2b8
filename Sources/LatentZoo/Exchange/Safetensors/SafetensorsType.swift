/// The types of elements that become float32; the raw value is the name in the file.
enum SafetensorsType: String, CaseIterable {
  case float64 = "F64"
  case float32 = "F32"
  case float16 = "F16"
  /// The upper half of a float32.
  case bfloat16 = "BF16"

  /// Bytes of an element.
  var size: Int {
    switch self {
    case .float64: 8
    case .float32: 4
    case .float16, .bfloat16: 2
    }
  }

  /// The element that begins at an offset, little-endian.
  func element(of bytes: UnsafeRawBufferPointer, at offset: Int) -> Float {
    switch self {
    case .float64: Float(Double(bitPattern: Self.load(bytes, offset)))
    case .float32: Float(bitPattern: Self.load(bytes, offset))
    case .float16: Self.float(half: Self.load(bytes, offset))
    case .bfloat16: Float(bitPattern: UInt32(Self.load(bytes, offset) as UInt16) << 16)
    }
  }

  private static func load<Word: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _ offset: Int
  ) -> Word {
    Word(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Word.self))
  }

  /// A half-precision number by its bits: sign, five bits of exponent, ten of fraction.
  private static func float(half bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Float(bits & 0x3FF) / 1024
    switch exponent {
    case 0: return sign * fraction * Float(sign: .plus, exponent: -14, significand: 1)
    case 0x1F: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
    }
  }
}
