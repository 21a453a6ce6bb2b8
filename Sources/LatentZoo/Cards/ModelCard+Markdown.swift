extension ModelCard {
  /// The card as a Markdown document with front matter, as model hubs show it.
  public var markdown: String {
    let sections = [
      metadata.yaml, introduction, pictures, facts, networks, data, training, evaluation, opening,
      shortcomings, provenance,
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var introduction: String {
    let specification = record.specification
    let title = family.map { MarkdownText.escaped($0.title) } ?? "A model of a family"
    let task =
      "It turns \(Self.examples(specification.data)) into codes of \(record.latentSize) numbers"
      + "\(hasDecoder ? " and back" : "")."
    let size =
      "\(NumberText.count(record.parameterCount)) parameters, "
      + "trained on \(MarkdownText.code(record.data.source))."
    return """
      # \(MarkdownText.escaped(record.name))

      \(title) (\(MarkdownText.code(specification.family)) on the \
      \(MarkdownText.code(specification.backbone)) backbone), made with LatentZoo. \(task) \(size)
      """
  }

  /// The data in words, such as `images of 1×28×28`.
  private static func examples(_ data: DataSignature) -> String {
    if data.isTokens { return "sentences of up to \(data.shape) tokens" }
    return data.shape.isImage ? "images of \(data.shape)" : "\(data.shape) numbers"
  }

  private var pictures: String {
    illustrations.map { "![\(MarkdownText.escaped($0.title))](\($0.file))" }
      .joined(separator: "\n\n")
  }

  private var facts: String {
    let specification = record.specification
    var rows: [[String]] = []
    if let family {
      rows.append(["Family", MarkdownText.escaped("\(family.title): \(family.summary)")])
    }
    if let paper = family?.paper {
      let text = "\(paper.authors) \(paper.year), \(paper.title)"
      rows.append(["Paper", MarkdownText.link(text, to: paper.url)])
    }
    rows.append(["Settings", MarkdownText.code(specification.configuration.settingsText)])
    rows.append([
      "Backbone",
      MarkdownText.code(
        "\(specification.backbone) \(specification.backboneConfiguration.settingsText)"),
    ])
    rows.append([
      "Code",
      "\(record.latentSize) numbers, "
        + (record.prior == .fitted
          ? hasDensity ? "fitted density" : "no density"
          : MarkdownText.escaped("\(record.prior) prior")),
    ])
    rows.append([
      "Compression", "\(NumberText.ratio(CompressionRate(of: record).numbers)) in numbers",
    ])
    return "## Model\n\n" + MarkdownText.table(["", ""], rows)
  }

  private var networks: String {
    var rows = layers.map { layer in
      [
        MarkdownText.code(layer.path), LayerSummary.text(layer.weight),
        LayerSummary.text(layer.bias), MarkdownText.escaped(layer.other.joined(separator: ", ")),
        NumberText.count(layer.parameterCount),
      ]
    }
    for (network, size) in layers.networkSizes {
      rows.append(["total \(MarkdownText.code(network))", "", "", "", NumberText.count(size)])
    }
    return "## Networks\n\n"
      + MarkdownText.table(["Layer", "Weight", "Bias", "Other", "Parameters:"], rows)
      + (functions.isEmpty ? "" : "\n\n" + graph)
  }

  /// What any tool can run without the family.
  private var graph: String {
    let rows = functions.map { function in
      [
        MarkdownText.code(function.name),
        MarkdownText.code(function.inputs.joined(separator: ", ")),
        MarkdownText.code(function.outputs.joined(separator: ", ")),
        MarkdownText.escaped(function.operatorText),
      ]
    }
    return "The file holds these networks as operators of the ONNX vocabulary, to be run without "
      + "the family:\n\n" + MarkdownText.table(["Function", "From", "To", "Operators"], rows)
  }

  private var shortcomings: String {
    guard !limitations.isEmpty else { return "" }
    let lines = limitations.map { "- \(MarkdownText.plain($0))" }
    return "## Limitations\n\n" + lines.joined(separator: "\n")
  }

  private var provenance: String {
    var rows = [
      ["Licence of the weights", record.licence.isEmpty ? "not stated" : escaped(record.licence)],
      ["Created", "\(escaped(record.createdAt)) by latentzoo \(escaped(record.libraryVersion))"],
      ["File", "\(NumberText.bytes(fileSize)) of HDF5, format \(CheckpointFormat.version)"],
      ["SHA-256", "\(MarkdownText.code(sha256)), the root attribute `sha256`"],
    ]
    if !record.parent.isEmpty { rows.append(["Parent", MarkdownText.code(record.parent)]) }
    return "## Provenance\n\n" + MarkdownText.table(["", ""], rows)
  }

  private func escaped(_ text: String) -> String { MarkdownText.escaped(text) }
}
