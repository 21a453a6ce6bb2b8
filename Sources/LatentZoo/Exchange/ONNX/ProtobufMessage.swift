/// A message in the wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding), as far as ONNX needs
/// it.
///
/// A field is its number and kind, then its value. Weights are held as chunks and not copied until the file is written.
struct ProtobufMessage {
  /// How the value of a field is laid out.
  private enum WireType: Int {
    case varint = 0
    /// The number of bytes, then the bytes: text, messages, arrays.
    case lengthDelimited = 2
    case fixed32 = 5
  }

  /// The message in pieces.
  private(set) var chunks: [OutputChunk] = []
  /// Number of bytes.
  private(set) var count = 0

  /// Appends a whole number or a value of an enumeration.
  mutating func append(_ value: Int, field: Int) {
    append(bytes: Self.varint(Self.key(field, .varint)) + Self.varint(value))
  }

  /// Appends a single-precision number.
  mutating func append(_ value: Float, field: Int) {
    let bytes = withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
    append(bytes: Self.varint(Self.key(field, .fixed32)) + bytes)
  }

  /// Appends text.
  mutating func append(_ text: String, field: Int) {
    append(Array(text.utf8), field: field)
  }

  /// Appends bytes.
  mutating func append(_ bytes: [UInt8], field: Int) {
    open(field, count: bytes.count)
    append(bytes: bytes)
  }

  /// Appends numbers as bytes, without a copy.
  mutating func append(_ floats: [Float], field: Int) {
    let chunk = OutputChunk.floats(floats)
    open(field, count: chunk.count)
    append(chunk)
  }

  /// Appends a message.
  mutating func append(_ message: ProtobufMessage, field: Int) {
    open(field, count: message.count)
    for chunk in message.chunks { append(chunk) }
  }

  private mutating func open(_ field: Int, count: Int) {
    append(bytes: Self.varint(Self.key(field, .lengthDelimited)) + Self.varint(count))
  }

  private mutating func append(_ chunk: OutputChunk) {
    if case .bytes(let bytes) = chunk { return append(bytes: bytes) }
    chunks.append(chunk)
    count += chunk.count
  }

  private mutating func append(bytes: [UInt8]) {
    count += bytes.count
    if case .bytes(var last)? = chunks.last {
      // Taken out first, so that it is extended in place.
      chunks.removeLast()
      last += bytes
      chunks.append(.bytes(last))
    } else {
      chunks.append(.bytes(bytes))
    }
  }

  private static func key(_ field: Int, _ type: WireType) -> Int { field << 3 | type.rawValue }

  /// Seven bits a byte, the lowest first; negative numbers take ten bytes.
  private static func varint(_ value: Int) -> [UInt8] {
    var rest = UInt64(bitPattern: Int64(value))
    var bytes: [UInt8] = []
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
