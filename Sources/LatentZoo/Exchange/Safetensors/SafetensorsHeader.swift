/// What stands at the beginning of a safetensors file: which tensors there are, and where.
struct SafetensorsHeader: Sendable {
  /// A tensor.
  struct Entry: Codable, Sendable {
    /// The type of an element, such as `F32`.
    let type: String
    let shape: [Int]
    /// Where it begins and ends behind the header, bytes.
    let offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case type = "dtype"
      case shape
      case offsets = "data_offsets"
    }
  }

  /// The entry that is no tensor.
  private static let metadataKey = Key(stringValue: "__metadata__")

  /// Words for people and tools.
  var metadata: [String: String] = [:]
  /// The tensors by name.
  var entries: [String: Entry] = [:]

  /// What is wrong with the entries, `nil` where they fill exactly the bytes there are, one after another.
  func fault(dataSize: Int) -> String? {
    var end = 0
    for (name, entry) in entries.sorted(by: { Self.precedes($0.value, $1.value) }) {
      guard entry.offsets.count == 2, entry.offsets[0] == end, entry.offsets[1] >= end,
        entry.offsets[1] <= dataSize
      else { return "the bytes of \(name) overlap others, leave a gap or lie outside the file" }
      guard entry.shape.allSatisfy({ $0 >= 0 }), let count = entry.elementCount else {
        return "\(name) has an impossible shape"
      }
      if let type = SafetensorsType(rawValue: entry.type) {
        let (bytes, overflows) = count.multipliedReportingOverflow(by: type.size)
        guard !overflows, bytes == entry.offsets[1] - end else {
          return "the bytes of \(name) are not as many as its shape asks for"
        }
      }
      end = entry.offsets[1]
    }
    return end == dataSize ? nil : "\(dataSize - end) bytes at the end belong to no tensor"
  }

  private static func precedes(_ first: Entry, _ second: Entry) -> Bool {
    first.offsets.lexicographicallyPrecedes(second.offsets)
  }
}

extension SafetensorsHeader.Entry {
  /// Number of elements; `nil` where there are more than can be counted.
  fileprivate var elementCount: Int? {
    var count = 1
    for extent in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      guard !overflows else { return nil }
      count = product
    }
    return count
  }
}

extension SafetensorsHeader: Codable {
  private struct Key: CodingKey, Hashable {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys where key != Self.metadataKey {
      entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
    }
    metadata = try container.decodeIfPresent([String: String].self, forKey: Self.metadataKey) ?? [:]
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    if !metadata.isEmpty { try container.encode(metadata, forKey: Self.metadataKey) }
    for (name, entry) in entries { try container.encode(entry, forKey: Key(stringValue: name)) }
  }
}
