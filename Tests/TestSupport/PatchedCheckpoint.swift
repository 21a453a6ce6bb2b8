import Crypto
public import Foundation
import HDF5

/// A checkpoint whose texts somebody changed on purpose, with checksums that agree: what only a careful reader refuses.
public struct PatchedCheckpoint {
  private let bytes: Data
  private let checksums: String
  private let digest: String
  /// The JSON text of the record.
  public let record: String

  /// Reads a checkpoint.
  public init(at path: String) throws {
    bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let root = try PlainFile.open(at: path).root
    record = try root.dataset("record").readString()
    checksums = try root.dataset("checksums").readString()
    digest = try root.attributeString("sha256")
  }

  /// The file with another record, made up with spaces to the length of the old one; `nil` where it is longer.
  public func replacingRecord(with text: String) -> Data? {
    let missing = record.utf8.count - text.utf8.count
    guard missing >= 0 else { return nil }
    let filled = text + String(repeating: " ", count: missing)
    let list = checksums.replacing(Self.sha256(record), with: Self.sha256(filled))
    var patched = bytes
    for (old, new) in [
      (record, filled), (checksums, list), (digest, Self.sha256(list)),
    ] {
      guard let range = patched.range(of: Data(old.utf8)) else { return nil }
      patched.replaceSubrange(range, with: Data(new.utf8))
    }
    return patched
  }

  private static func sha256(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
