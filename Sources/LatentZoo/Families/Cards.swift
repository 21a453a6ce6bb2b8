/// Where an architecture comes from.
public struct Paper: Codable, Hashable, Sendable {
  /// Such as "Kingma and Welling".
  public let authors: String
  /// Year of publication.
  public let year: Int
  /// Title of the paper.
  public let title: String
  /// Where to read it.
  public let url: String

  /// Makes a citation.
  public init(authors: String, year: Int, title: String, url: String) {
    self.authors = authors
    self.year = year
    self.title = title
    self.url = url
  }
}

/// What the registry shows of a family or a backbone.
public struct Card: Codable, Hashable, Sendable {
  /// The name to train it by: letters, digits and dashes.
  public let identifier: String
  /// The name in words.
  public let title: String
  /// What it does, in one line.
  public let summary: String
  /// Where it comes from; `nil` where it is common knowledge.
  public let paper: Paper?
  /// Goes up when stored models of the former version no longer fit.
  public let version: Int

  /// Makes a card.
  public init(
    identifier: String, title: String, summary: String, paper: Paper? = nil, version: Int = 1
  ) {
    self.identifier = identifier
    self.title = title
    self.summary = summary
    self.paper = paper
    self.version = version
  }
}

/// A named choice of settings of a family, such as `beta-vae`: a variant that changes numbers, not code.
public struct Preset: Hashable, Sendable {
  /// What it is for, in one line.
  public let summary: String
  /// The backbone, `nil` for the family's default.
  public let backbone: String?
  /// Settings of family and backbone that differ from the defaults.
  public let settings: [String: JSONValue]

  /// Makes a preset.
  public init(summary: String, backbone: String? = nil, settings: [String: JSONValue]) {
    self.summary = summary
    self.backbone = backbone
    self.settings = settings
  }
}
