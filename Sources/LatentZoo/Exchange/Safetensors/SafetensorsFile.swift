import Foundation

/// A file of named tensors in the safetensors format (https://github.com/huggingface/safetensors): the length of a header,
/// the header in JSON, the numbers. Opening it runs no code from it.
public struct SafetensorsFile: Sendable {
  /// Where it is.
  public let path: String
  /// Words for people and tools.
  public var metadata: [String: String] { header.metadata }
  /// The shapes of the tensors by name.
  public var shapes: [String: [Int]] { header.entries.mapValues(\.shape) }

  private let header: SafetensorsHeader
  private let file: InputFile
  /// Where the numbers begin.
  private let start: Int

  /// The longest header that is read, bytes; the reference reader's limit.
  private static let longestHeader = 100_000_000
  /// The bytes before the header: its length.
  private static let lengthSize = 8

  /// Opens a file and checks its header: every tensor lies within the file and none upon another.
  ///
  /// - Throws: ``ExchangeError/notSafetensors(file:)``, ``ExchangeError/pickle(file:)``,
  ///   ``ExchangeError/malformed(file:reason:)`` or a `DatasetError`.
  public init(path: String) throws {
    self.path = path
    file = try InputFile(path: path)
    let length = try Self.headerLength(of: file)
    start = Self.lengthSize + length
    let text = try Self.bytes(length, of: file, at: Self.lengthSize)
    do {
      header = try JSONDecoder().decode(SafetensorsHeader.self, from: Data(text))
    } catch is DecodingError {
      throw ExchangeError.malformed(file: path, reason: "its header cannot be understood")
    }
    if let fault = header.fault(dataSize: file.size - start) {
      throw ExchangeError.malformed(file: path, reason: fault)
    }
  }

  /// The length of the header, where the file looks like one of the format.
  private static func headerLength(of file: InputFile) throws -> Int {
    guard file.size > lengthSize else { throw ExchangeError.notSafetensors(file: file.path) }
    let beginning = try bytes(lengthSize + 1, of: file, at: 0)
    // PyTorch's files are ZIP archives of pickles, older ones pickles.
    if beginning.starts(with: Array("PK".utf8)) || beginning.starts(with: [0x80, 0x02]) {
      throw ExchangeError.pickle(file: file.path)
    }
    let length = beginning.prefix(lengthSize).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard beginning[lengthSize] == UInt8(ascii: "{") else {
      throw ExchangeError.notSafetensors(file: file.path)
    }
    guard length <= longestHeader, length <= file.size - lengthSize else {
      throw ExchangeError.malformed(file: file.path, reason: "its header has an impossible length")
    }
    return Int(length)
  }

  private static func bytes(_ count: Int, of file: InputFile, at offset: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
      initialized = count
    }
  }

  /// Reads a tensor, as float32.
  ///
  /// - Returns: `nil` where there is none of the name.
  /// - Throws: ``ExchangeError/unsupportedType(file:tensor:type:)`` or a `DatasetError`.
  public func tensor(named name: String) throws -> NDArray? {
    guard let entry = header.entries[name] else { return nil }
    guard let type = SafetensorsType(rawValue: entry.type) else {
      throw ExchangeError.unsupportedType(file: path, tensor: name, type: entry.type)
    }
    let shape = Shape(entry.shape)
    let offset = start + entry.offsets[0]
    if type == .float32 {
      let floats = try [Float](unsafeUninitializedCapacity: shape.count) { buffer, initialized in
        try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
        initialized = shape.count
      }
      return NDArray(floats, shape: shape)
    }
    let bytes = try Self.bytes(shape.count * type.size, of: file, at: offset)
    let floats = bytes.withUnsafeBytes { bytes in
      (0..<shape.count).map { type.element(of: bytes, at: $0 * type.size) }
    }
    return NDArray(floats, shape: shape)
  }
}
