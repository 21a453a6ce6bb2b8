/// What a model card tells machines: the front matter that Hugging Face's hub reads.
public struct CardMetadata: Codable, Hashable, Sendable {
  /// A measured value with where it comes from.
  public struct Result: Codable, Hashable, Sendable {
    /// The hub's name of the task.
    public let task: String
    /// Where the examples come from, such as `digits`.
    public let dataset: String
    /// Which examples, in words.
    public let examples: String
    /// Name of the metric.
    public let metric: String
    /// Its value.
    public let value: Double
  }

  /// Name of the model.
  public let name: String
  /// Licence of the weights by the hub's identifiers; `other` for those it does not know, `unknown` for none stated.
  public let license: String
  /// The licence as the model states it, where the hub has no identifier for it.
  public let licenseName: String?
  /// What the library is called.
  public let libraryName: String
  /// Words to find the model by.
  public let tags: [String]
  /// What was measured.
  public let results: [Result]

  /// Describes a model.
  public init(of record: ModelRecord) {
    name = record.name
    let identifier = record.licence.lowercased()
    let isKnown = Self.hubLicences.contains(identifier)
    license = record.licence.isEmpty ? "unknown" : isKnown ? identifier : "other"
    licenseName = record.licence.isEmpty || isKnown ? nil : record.licence
    libraryName = "latentzoo"
    let (task, kind) = Self.task(of: record.specification)
    tags = [
      "autoencoder", "representation-learning", record.specification.family,
      record.specification.backbone, kind, "hdf5",
    ]
    results = record.metrics.flatMap { report in
      report.sortedValues.filter(\.value.isFinite).map { metric, value in
        Result(
          task: task, dataset: record.data.source, examples: report.data, metric: metric,
          value: value)
      }
    }
  }

  /// The hub's task and a word for the data.
  private static func task(_ data: DataSignature) -> (task: String, kind: String) {
    if data.vocabularySize > 0 { return ("feature-extraction", "sentences") }
    return data.shape.isImage
      ? ("image-feature-extraction", "images") : ("feature-extraction", "vectors")
  }

  private static func task(of specification: ModelSpecification) -> (task: String, kind: String) {
    task(specification.data)
  }

  /// Identifiers that the hub knows, of the licences that weights commonly have.
  private static let hubLicences: Set<String> = [
    "apache-2.0", "mit", "bsd-2-clause", "bsd-3-clause", "cc0-1.0", "cc-by-2.0", "cc-by-3.0",
    "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0",
    "cc-by-nd-4.0", "cc-by-nc-nd-4.0", "gpl-2.0", "gpl-3.0", "lgpl-3.0", "agpl-3.0", "mpl-2.0",
    "unlicense", "openrail", "pddl", "odc-by", "isc", "zlib", "wtfpl",
  ]
}

extension CardMetadata {
  /// The front matter with the lines of dashes around it.
  public var yaml: String {
    var lines = ["---", "license: \(Self.scalar(license))"]
    if let licenseName { lines.append("license_name: \(Self.scalar(licenseName))") }
    lines.append("library_name: \(Self.scalar(libraryName))")
    lines.append("tags:")
    lines += tags.map { "- \(Self.scalar($0))" }
    guard !results.isEmpty else { return (lines + ["---"]).joined(separator: "\n") }
    lines += ["model-index:", "- name: \(Self.scalar(name))", "  results:"]
    for group in grouped {
      lines += [
        "  - task:", "      type: \(Self.scalar(group[0].task))", "    dataset:",
        "      type: \(Self.scalar(group[0].dataset))",
        "      name: \(Self.scalar(group[0].examples))", "    metrics:",
      ]
      for result in group {
        lines += [
          "    - type: \(Self.scalar(result.metric))", "      name: \(Self.scalar(result.metric))",
          "      value: \(result.value)",
        ]
      }
    }
    return (lines + ["---"]).joined(separator: "\n")
  }

  /// Results of the same examples together.
  private var grouped: [[Result]] {
    var groups: [[Result]] = []
    for result in results {
      if groups.last?[0].examples == result.examples {
        groups[groups.count - 1].append(result)
      } else {
        groups.append([result])
      }
    }
    return groups
  }

  /// A text as YAML: as it is where nothing could mistake it, otherwise in quotes.
  static func scalar(_ text: String) -> String {
    let words: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    let isPlain =
      text.first.map { $0.isASCII && $0.isLowercase } ?? false
      && text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-.".utf8.contains(byte)
      } && !words.contains(text)
    if isPlain { return text }
    var quoted = "\""
    for scalar in MarkdownText.plain(text).unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
