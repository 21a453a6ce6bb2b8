/// Names of everything in a checkpoint file; `checkpoints/FORMAT.md` says what each means.
enum CheckpointFormat {
  static let identity = "LatentZoo checkpoint"
  /// A reader refuses a major version it does not know, and reads over what a newer minor version added.
  static let version = "1.0"
  static let majorVersion = "1"

  enum Attribute {
    static let format = "format"
    static let version = "format_version"
    static let name = "name"
    static let family = "family"
    static let created = "created_at"
    static let library = "library_version"
    static let latentSize = "latent_size"
    static let parameterCount = "parameter_count"
    static let digest = "sha256"
  }

  static let record = "record"
  static let graph = "graph"
  static let networks = "networks"
  static let history = "history"
  static let interrupted = "interrupted"
  static let density = "latent_density"
  static let densityWeight = "weight"
  static let densityMean = "mean"
  static let densityFactor = "factor"
  static let preview = "preview"
  static let vocabulary = "vocabulary"
  static let checksums = "checksums"
}
