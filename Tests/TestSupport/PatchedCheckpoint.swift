public import Foundation
import HDF5
import Tensors

/// A checkpoint whose texts somebody changed on purpose, with checksums that agree: what only a careful reader refuses.
public struct PatchedCheckpoint {
  private let bytes: Data
  private let checksums: String
  private let digest: String
  private let texts: [String: String]

  /// Objects whose JSON text can be replaced.
  public enum Object: String, CaseIterable, Sendable { case record, graph }

  /// Reads a checkpoint.
  public init(at path: String) throws {
    bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let root = try PlainFile.open(at: path).root
    texts = try Dictionary(
      uniqueKeysWithValues: Object.allCases.map {
        ($0.rawValue, try root.dataset($0.rawValue).readString())
      })
    checksums = try root.dataset("checksums").readString()
    digest = try root.attributeString("sha256")
  }

  /// The JSON text of an object.
  public func text(of object: Object) -> String { texts[object.rawValue, default: ""] }

  /// The file with another text, made up with spaces to the length of the old one; `nil` where it is longer.
  public func replacing(_ object: Object, with text: String) -> Data? {
    let old = self.text(of: object)
    let missing = old.utf8.count - text.utf8.count
    guard missing >= 0 else { return nil }
    let filled = text + String(repeating: " ", count: missing)
    let list = checksums.replacing(Self.sha256(old), with: Self.sha256(filled))
    var patched = bytes
    for (old, new) in [
      (old, filled), (checksums, list), (digest, Self.sha256(list)),
    ] {
      guard let range = patched.range(of: Data(old.utf8)) else { return nil }
      patched.replaceSubrange(range, with: Data(new.utf8))
    }
    return patched
  }

  private static func sha256(_ text: String) -> String {
    SHA256.hexadecimal(SHA256.hash(text.utf8))
  }
}
