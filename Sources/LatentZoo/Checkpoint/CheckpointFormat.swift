/// Names of everything in a checkpoint file; `checkpoints/FORMAT.md` says what each means.
enum CheckpointFormat {
  static let identity = "LatentZoo checkpoint"
  /// Major 0: the format still grows. A reader refuses a major version it does not know.
  static let version = "0.2"
  static let majorVersion = "0"

  enum Attribute {
    static let format = "format"
    static let version = "format_version"
    static let name = "name"
    static let family = "family"
    static let created = "created_at"
    static let library = "library_version"
  }

  static let record = "record"
  static let graph = "graph"
  static let networks = "networks"
  static let history = "history"
  static let density = "latent_density"
  static let densityWeight = "weight"
  static let densityMean = "mean"
  static let densityFactor = "factor"
  static let preview = "preview"
  static let vocabulary = "vocabulary"
}
