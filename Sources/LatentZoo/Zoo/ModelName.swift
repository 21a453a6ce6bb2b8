/// The name of a trained model, `family-data[.variant]`: letters, digits, `-`, `_` and `.`, nothing that a file system
/// could take for something else.
public struct ModelName: Hashable, Sendable, CustomStringConvertible {
  /// The name as text.
  public let text: String

  public var description: String { text }

  /// Checks a name.
  ///
  /// - Throws: ``ZooError/badName(_:)``.
  public init(_ text: String) throws(ZooError) {
    let isGood =
      !text.isEmpty && text.utf8.count <= 128 && text.first != "." && text.first != "-"
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
    guard isGood else { throw .badName(text) }
    self.text = text
  }
}

/// What can go wrong with names and folders of models.
public enum ZooError: Error, Hashable, Sendable {
  /// The text cannot be a model's name.
  case badName(String)
  /// No folder of the zoo has a model of that name.
  case notFound(name: String, folders: [String], known: [String])
  /// A file given by its path does not exist.
  case noSuchFile(path: String)
  /// There is a model of that name, and it was not asked to be replaced.
  case exists(name: String, path: String)
  /// Another process writes the model.
  case locked(path: String, process: Int?)
  /// A folder cannot be made or read.
  case folderUnusable(path: String, reason: String)
}

extension ZooError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badName(let text):
      return "\"\(text)\" cannot name a model: use up to 128 letters, digits, -, _ and ., "
        + "beginning with a letter or digit; a path needs a slash or .h5"
    case .notFound(let name, let folders, let known):
      let hint = NearestName.of(name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
      let places = folders.isEmpty ? "no zoo folder exists" : folders.joined(separator: ", ")
      return "there is no model \"\(name)\" in the zoo (looked in: \(places))\(hint); "
        + "`latentzoo list` shows what there is"
    case .noSuchFile(let path):
      return "there is no file \(path)"
    case .exists(let name, let path):
      return "there is a model \"\(name)\" at \(path) already; "
        + "choose another --name or replace it with --force"
    case .locked(let path, let process):
      let owner = process.map { "process \($0)" } ?? "another process"
      return "\(path) is being written by \(owner); wait for it to end, or choose another --name"
    case .folderUnusable(let path, let reason):
      return "the zoo folder \(path) cannot be used: \(reason); choose another with --zoo"
    }
  }
}
