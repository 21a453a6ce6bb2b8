import Foundation

extension SafetensorsFile {
  /// Writes tensors by name, as a whole or not at all.
  ///
  /// - Parameters:
  ///   - tensors: names and values, in the order of the file.
  ///   - metadata: words for people and tools.
  ///   - path: the file, which is replaced.
  /// - Throws: `EncodingError` or a `DatasetError`; a file that is there stays as it was.
  public static func write(
    _ tensors: [(name: String, value: NDArray)], metadata: [String: String] = [:], to path: String
  ) throws {
    var header = SafetensorsHeader(metadata: metadata)
    var chunks: [OutputChunk] = []
    var offset = 0
    for (name, value) in tensors.sorted(by: { $0.name < $1.name }) {
      let chunk = OutputChunk.floats(value.scalars)
      header.entries[name] = SafetensorsHeader.Entry(
        type: SafetensorsType.float32.rawValue, shape: value.shape.dimensions,
        offsets: [offset, offset + chunk.count])
      offset += chunk.count
      chunks.append(chunk)
    }
    try OutputFile.write([.bytes(try bytes(of: header))] + chunks, to: path)
  }

  /// The header with its length before it, and blanks behind it so that numbers begin at a multiple of eight.
  private static func bytes(of header: SafetensorsHeader) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = [UInt8](try encoder.encode(header))
    text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return withUnsafeBytes(of: UInt64(text.count).littleEndian, Array.init) + text
  }
}
