import Foundation
internal import HDF5

/// An open checkpoint: identity, version and list of checksums have been found right.
///
/// Whatever is read through it has the digest it was written with.
struct CheckpointFile: Sendable {
  /// Path of the file.
  let path: String
  /// The digests of everything in it.
  let checksums: Checksums
  private let file: PlainFile

  /// The group everything else lies in.
  var root: PlainGroup { file.root }
  /// Size of the file, bytes.
  var size: Int { Int(clamping: file.size) }

  /// Opens a file.
  ///
  /// - Parameter isThorough: whether to walk through the whole structure and compare it with the list of checksums; only
  ///   then is what is not in the file known to be missing on purpose.
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  init(at path: String, isThorough: Bool = true) throws {
    let file = try PlainFile.open(at: path)
    try Self.checkIdentity(of: file)
    let checksums = try Self.readChecksums(of: file)
    self.path = path
    self.checksums = checksums
    self.file = file.checked(against: checksums.checks)
    if isThorough { try checkCompleteness() }
  }

  /// Every dataset but the list of checksums, by path.
  ///
  /// - Throws: what HDF5 says of the structure.
  func datasets() throws -> [(path: String, dataset: PlainDataset)] {
    try file.datasets().filter { $0.path != CheckpointFormat.checksums }
  }

  /// The digest of the whole file, 64 hexadecimal digits.
  func digest() throws -> String {
    try root.attributeString(CheckpointFormat.Attribute.digest)
  }

  /// Reads a value that is kept as JSON text; the text's length and depth are bounded before it is decoded.
  ///
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  func json<Value: Decodable>(
    _ type: Value.Type, in object: String, limit: Int
  ) throws -> Value {
    let text = try root.dataset(object).readString(limit: limit)
    if let excess = JSONLimits.excess(in: text) {
      throw CheckpointError.malformed(file: path, object: object, reason: excess)
    }
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw CheckpointError.malformed(
        file: path, object: object, reason: Self.reason(of: error))
    }
  }

  private static func reason(of error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "lacks \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      "is unreadable at \"\(context.codingPath.map(\.stringValue).joined(separator: "."))\""
    @unknown default: "is unreadable"
    }
  }

  private func checkCompleteness() throws {
    let found = Set(try datasets().map(\.path))
    let listed = Set(checksums.digests.keys)
    guard found != listed else { return }
    let words = [
      listed.subtracting(found).sorted().first.map { "has no \($0), which its checksums list" },
      found.subtracting(listed).sorted().first.map { "has no checksum for \($0)" },
    ]
    throw malformed(words.compactMap(\.self).joined(separator: " and "), path)
  }

  private static func checkIdentity(of file: PlainFile) throws {
    let root = file.root
    guard try root.hasAttribute(CheckpointFormat.Attribute.format),
      try root.attributeString(CheckpointFormat.Attribute.format) == CheckpointFormat.identity
    else { throw CheckpointError.notACheckpoint(file: file.path) }
    let version = try root.attributeString(CheckpointFormat.Attribute.version)
    let major = version.split(separator: ".").first.map(String.init)
    if major == "0" { throw CheckpointError.outdated(file: file.path, found: version) }
    guard major == CheckpointFormat.majorVersion else {
      throw CheckpointError.unknownVersion(
        file: file.path, found: version, known: CheckpointFormat.version)
    }
  }

  private static func readChecksums(of file: PlainFile) throws -> Checksums {
    let text = try file.root.dataset(CheckpointFormat.checksums).readString()
    let digest = try file.root.attributeString(CheckpointFormat.Attribute.digest)
    guard Checksums.digest(of: text) == digest else {
      throw malformed("does not have the file's SHA-256", file.path)
    }
    guard let checksums = Checksums(parsing: text) else {
      throw malformed("is not a list of checksums in order", file.path)
    }
    return checksums
  }
}

private func malformed(_ reason: String, _ path: String) -> CheckpointError {
  .malformed(file: path, object: CheckpointFormat.checksums, reason: reason)
}
