import Foundation
internal import HDF5

/// Reads and writes models as HDF5 files.
public enum Checkpoint {}

extension Checkpoint {
  /// Writes a model, durably and as a whole: a killed writer leaves the old file.
  ///
  /// - Parameters:
  ///   - preview: a small picture to keep with the model.
  /// - Throws: ``CheckpointError``, or what HDF5 says; the old file is then as it was.
  public static func write(_ model: Model, preview: Picture? = nil, to path: String) throws {
    for (weight, parameter) in model.namedParameters {
      let isFinite = parameter.withFloats { $0.allSatisfy(\.isFinite) }
      guard isFinite else { throw CheckpointError.notFinite(file: path, weight: weight) }
    }
    DurableFile.removeStale(beside: path)
    try DurableFile.replace(
      path,
      write: { temporary in
        do {
          try fill(temporary, model, preview)
          try seal(temporary)
        } catch let error as HDF5Error {
          // The user knows the file by its own name, not by the temporary one.
          var reason = error.description.replacing(temporary, with: path)
          if reason.hasSuffix(".") { reason.removeLast() }
          throw CheckpointError.unwritable(file: path, reason: reason)
        }
      },
      verify: { _ = try readRecord(at: $0) })
  }

  private static func fill(_ path: String, _ model: Model, _ preview: Picture?) throws {
    let file = try File.create(at: path)
    let root = file.root
    let record = model.record
    try root.writeAttribute(CheckpointFormat.identity, to: CheckpointFormat.Attribute.format)
    try root.writeAttribute(CheckpointFormat.version, to: CheckpointFormat.Attribute.version)
    try root.writeAttribute(record.name, to: CheckpointFormat.Attribute.name)
    try root.writeAttribute(record.specification.family, to: CheckpointFormat.Attribute.family)
    try root.writeAttribute(record.createdAt, to: CheckpointFormat.Attribute.created)
    try root.writeAttribute(record.libraryVersion, to: CheckpointFormat.Attribute.library)
    try root.writeAttribute(Int64(record.latentSize), to: CheckpointFormat.Attribute.latentSize)
    try root.writeAttribute(
      Int64(record.parameterCount), to: CheckpointFormat.Attribute.parameterCount)
    try root.writeString(try json(record), to: CheckpointFormat.record)
    try root.writeString(try json(model.graph, isPretty: false), to: CheckpointFormat.graph)
    try writeWeights(of: model, to: try root.createGroup(CheckpointFormat.networks))
    try write(model.history, to: try root.createGroup(CheckpointFormat.history))
    if let density = model.density {
      try write(density, to: try root.createGroup(CheckpointFormat.density))
    }
    if let vocabulary = model.vocabulary {
      try root.writeString(
        vocabulary.tokens.joined(separator: "\n"), to: CheckpointFormat.vocabulary)
    }
    if let preview { try write(preview, to: root) }
    try file.close()
  }

  private static func writeWeights(of model: Model, to group: Group) throws {
    for (path, parameter) in model.namedParameters {
      try parameter.withFloats { floats in
        _ = try group.write(from: floats, shape: parameter.shape.dimensions, to: path)
      }
    }
  }

  private static func write(_ density: LatentDensity, to group: Group) throws {
    let parts = density.components
    let size = density.latentSize
    let isFull = parts.allSatisfy { $0.factor.count == size * size }
    try group.write(parts.map(\.weight), shape: [parts.count], to: CheckpointFormat.densityWeight)
    try group.write(
      parts.flatMap(\.mean), shape: [parts.count, size], to: CheckpointFormat.densityMean)
    try group.write(
      parts.flatMap(\.factor), shape: [parts.count, size] + (isFull ? [size] : []),
      to: CheckpointFormat.densityFactor)
  }

  /// One column of numbers for each name, a row for each epoch.
  private static func write(_ history: TrainingHistory, to group: Group) throws {
    let epochs = history.epochs
    try group.write(
      [history.wasInterrupted ? 1 : 0] as [Int64], shape: [], to: CheckpointFormat.interrupted)
    try group.write(epochs.map { Int64($0.epoch) }, shape: [epochs.count], to: "epoch")
    try group.write(epochs.map(\.learningRate), shape: [epochs.count], to: "learning_rate")
    try group.write(epochs.map(\.seconds), shape: [epochs.count], to: "seconds")
    for (part, values) in [
      ("training", epochs.map(\.training)), ("validation", epochs.map(\.validation)),
    ] {
      let columns = try group.createGroup(part)
      for name in Set(values.flatMap(\.keys)).sorted() {
        try columns.write(values.map { $0[name] ?? .nan }, shape: [values.count], to: name)
      }
    }
  }

  /// A picture by HDF5's IMAGE convention, `[H, W]` or `[H, W, 3]`.
  private static func write(_ picture: Picture, to root: Group) throws {
    let isColour = picture.channels == 3
    let dataset = try root.write(
      picture.bytes,
      shape: [picture.height, picture.width] + (isColour ? [3] : []), to: CheckpointFormat.preview)
    try dataset.writeAttribute("IMAGE", to: "CLASS")
    try dataset.writeAttribute("1.2", to: "IMAGE_VERSION")
    try dataset.writeAttribute(
      isColour ? "IMAGE_TRUECOLOR" : "IMAGE_GRAYSCALE", to: "IMAGE_SUBCLASS")
    if isColour { try dataset.writeAttribute("INTERLACE_PIXEL", to: "INTERLACE_MODE") }
  }

  private static func json(_ value: some Encodable, isPretty: Bool = true) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
