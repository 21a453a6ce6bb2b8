/// What looking through a checkpoint found.
public struct Verification: Codable, Hashable, Sendable {
  /// How much of a file is looked at.
  public enum Depth: String, Codable, Sendable {
    /// Everything but the values of weights and training state: structure, sizes, record, checksums of the rest.
    case quick
    /// Every byte that belongs to the model.
    case full
  }

  /// A dataset of the file.
  public struct Part: Codable, Hashable, Sendable {
    /// Its path, such as `networks/encoder/head/weight`.
    public let path: String
    /// Type of its elements, such as `float32`.
    public let type: String
    /// Its extents.
    public let shape: [Int]
    /// The SHA-256 it was written with, 64 hexadecimal digits.
    public let sha256: String
    /// Whether its contents have that digest; `nil` where they were not read.
    public let isIntact: Bool?
  }

  /// The file.
  public let path: String
  /// How much was looked at.
  public let depth: Depth
  /// Name of the model, where its record could be read.
  public let name: String?
  /// Version of the format, where the file is a checkpoint.
  public let formatVersion: String?
  /// The SHA-256 that stands for the whole file.
  public let sha256: String?
  /// Size of the file, bytes.
  public let fileSize: Int
  /// What the file holds, in words: "record", "networks", "history", "training state" …
  public let holds: [String]
  /// Every dataset but the list of checksums.
  public let parts: [Part]
  /// What is wrong, one sentence each.
  public let faults: [String]

  /// Whether nothing is wrong.
  public var isSound: Bool { faults.isEmpty }
}
