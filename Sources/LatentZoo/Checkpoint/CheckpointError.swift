/// What can go wrong with a checkpoint.
public enum CheckpointError: Error, Hashable, Sendable {
  /// The file is HDF5 but no checkpoint of ours.
  case notACheckpoint(file: String)
  /// The file's format is newer than this library.
  case unknownVersion(file: String, found: String, known: String)
  /// The file was written before the format was released.
  case outdated(file: String, found: String)
  /// A part of the file cannot be understood.
  case malformed(file: String, object: String, reason: String)
  /// Weights do not fit the networks that the configuration builds.
  case weightsDoNotFit(
    file: String, missing: [String], unexpected: [String], misshapen: [ShapeMismatch])
  /// A weight is not a finite number.
  case notFinite(file: String, weight: String)
  /// The file cannot be written.
  case unwritable(file: String, reason: String)

  /// A weight whose shape is not the network's.
  public struct ShapeMismatch: Hashable, Sendable {
    /// Path of the weight.
    public let weight: String
    /// Shape the network has.
    public let expected: [Int]
    /// Shape the file has.
    public let found: [Int]
  }
}

extension CheckpointError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notACheckpoint(let file):
      return "\(file) is an HDF5 file but no LatentZoo checkpoint"
    case .unknownVersion(let file, let found, let known):
      return "\(file) has checkpoint format \(found), this library reads \(known); "
        + "open it with a newer latentzoo"
    case .outdated(let file, let found):
      return "\(file) has checkpoint format \(found), of before the first release; "
        + "train the model again"
    case .malformed(let file, let object, let reason):
      return "\(file): \(object) \(reason); the file is damaged or was made by another program"
    case .weightsDoNotFit(let file, let missing, let unexpected, let misshapen):
      var parts: [String] = []
      if !missing.isEmpty { parts.append("missing " + missing.joined(separator: ", ")) }
      if !unexpected.isEmpty { parts.append("unexpected " + unexpected.joined(separator: ", ")) }
      parts += misshapen.map {
        "\($0.weight) has shape \(Shape($0.found)) instead of \(Shape($0.expected))"
      }
      return "\(file): the weights do not fit the networks its configuration builds: "
        + parts.joined(separator: "; ")
    case .notFinite(let file, let weight):
      return "\(file): weight \(weight) is not a finite number; the training diverged"
    case .unwritable(let file, let reason):
      return "\(file) cannot be written: \(reason); choose another folder with --zoo"
    }
  }
}
