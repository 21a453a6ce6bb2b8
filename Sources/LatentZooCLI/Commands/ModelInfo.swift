import LatentZoo

/// What `latentzoo info` reports of a model.
struct ModelInfo: Encodable {
  let path: String
  let fileSize: Int
  let record: ModelRecord
  /// The card of the family, where it is installed.
  let family: Card?
  let compression: CompressionRate
  let layers: [LayerSummary]
  let hasDensity: Bool
  let hasTrainingState: Bool
  let interrupted: Bool
  let epochs: [EpochRecord]
  let tensors: [StoredTensor]

  init(_ contents: CheckpointContents, path: String, registry: Registry) {
    self.path = path
    fileSize = contents.fileSize
    record = contents.record
    let identifier = contents.record.specification.family
    family = registry.families.first { $0.identifier == identifier }?.entry.type.card
    compression = CompressionRate(of: contents.record)
    layers = LayerSummary.layers(of: contents.tensors)
    hasDensity = contents.hasDensity
    hasTrainingState = contents.hasTrainingState
    interrupted = contents.history.wasInterrupted
    epochs = contents.history.epochs
    tensors = contents.tensors
  }

  /// The card for people.
  var text: String {
    ([facts, networks, training] + record.metrics.map(metrics)).joined(separator: "\n\n")
  }

  /// Every tensor as a table.
  var weightsText: String {
    var table = TextTable([
      .text("TENSOR"), .text("SHAPE"), .number("COUNT"), .number("MEAN"), .number("STD"),
      .number("MIN"), .number("MAX"), .number("OFFSET"),
    ])
    for tensor in tensors {
      let statistics = tensor.statistics
      let measures = [
        statistics?.mean, statistics?.standardDeviation, statistics?.lowest, statistics?.highest,
      ]
      table.add(
        [tensor.path, LayerSummary.text(tensor.shape), NumberText.count(tensor.count)]
          + measures.map { $0.map(NumberText.value) ?? "" }
          + [tensor.byteOffset.map(String.init) ?? ""])
    }
    return table.text()
  }

  private var facts: String {
    let specification = record.specification
    var table = TextTable([.text(""), .text("")], hasTitles: false)
    table.add(["Model", record.name])
    table.add([
      "Family",
      family.map { "\($0.identifier): \($0.title)" }
        ?? "\(specification.family) (not installed; the graph in the file is run)",
    ])
    if !specification.plugins.isEmpty {
      let names = specification.plugins.map(\.text).joined(separator: ", ")
      table.add([
        "Plugin",
        family == nil
          ? "\(names), which made it (latentzoo plugin install DIR to train it)" : names,
      ])
    }
    if let paper = family?.paper { table.add(["Paper", paper.text]) }
    table.add(["Settings", specification.configuration.settingsText])
    table.add(["Backbone", specification.backbone])
    table.add(["", specification.backboneConfiguration.settingsText])
    table.add(["Latent", "\(record.latentSize) elements, \(priorText)"])
    table.add(["Compression", compression.text])
    table.add(["Data", "\(record.data.source), \(NumberText.count(record.data.count)) examples"])
    table.add(["", "sha256 \(record.data.sha256)"])
    table.add(["", "licence \(record.data.licence ?? "not stated")"])
    table.add(["Input", inputText])
    if !record.preprocessing.options.isEmpty { table.add(["", readingText]) }
    if !record.preprocessing.labelNames.isEmpty {
      table.add(["Classes", record.preprocessing.labelNames.joined(separator: ", ")])
    }
    table.add(["Licence", record.licence.isEmpty ? "not stated" : record.licence])
    if !record.parent.isEmpty { table.add(["Parent", record.parent]) }
    table.add(["Created", "\(record.createdAt) by latentzoo \(record.libraryVersion)"])
    table.add(["File", "\(path), \(NumberText.bytes(fileSize))"])
    return table.text()
  }

  private var priorText: String {
    guard record.prior == .fitted else { return "\(record.prior) prior" }
    return hasDensity ? "fitted density" : "no density"
  }

  /// What the reader of the data was told, or found, such as `read with size=64x64`.
  private var readingText: String {
    "read with "
      + record.preprocessing.options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      .joined(separator: " ")
  }

  private var inputText: String {
    let preprocessing = record.preprocessing
    let range =
      "\(NumberText.setting(preprocessing.lowest)) to \(NumberText.setting(preprocessing.highest))"
    let division =
      preprocessing.divisor == 1
      ? "" : ", raw values divided by \(NumberText.setting(preprocessing.divisor))"
    return "\(record.specification.dataShape), \(range)\(division)"
  }

  private var networks: String {
    var table = TextTable([
      .text("LAYER"), .text("WEIGHT"), .text("BIAS"), .text("OTHER"), .number("PARAMETERS"),
    ])
    for layer in layers {
      table.add([
        layer.path, LayerSummary.text(layer.weight), LayerSummary.text(layer.bias),
        layer.other.joined(separator: " "), NumberText.count(layer.parameterCount),
      ])
    }
    for (network, size) in layers.networkSizes {
      table.add(["total \(network)", "", "", "", NumberText.count(size)])
    }
    table.add(["total", "", "", "", NumberText.count(record.parameterCount)])
    return table.text()
  }

  private func metrics(_ report: MetricReport) -> String {
    "Measured on \(report.data), \(NumberText.count(report.count)) examples\n"
      + report.table.text(indent: 2)
  }
}
