import Foundation
internal import HDF5

/// Reads and writes models as HDF5 files.
public enum Checkpoint {}

extension Checkpoint {
  /// Writes a model, durably and as a whole: a killed writer leaves the old file.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - preview: a small picture to keep with the model: examples and their reconstructions.
  ///   - samples: another, of new examples.
  ///   - path: the checkpoint, which is replaced.
  /// - Throws: ``ZooError/locked(path:process:)`` where another process writes it, ``CheckpointError``, or what HDF5
  ///   says; the old file is then as it was.
  public static func write(
    _ model: Model, preview: Picture? = nil, samples: Picture? = nil, to path: String
  ) throws {
    try write(model, preview: preview, samples: samples, training: nil, to: path)
  }

  /// The same, with what it takes to go on with the training.
  static func write(
    _ model: Model, preview: Picture? = nil, samples: Picture? = nil, training: TrainingSnapshot?,
    to path: String
  ) throws {
    let lock = try ZooLock(for: path)
    defer { lock.release() }
    DurableFile.removeStale(beside: path)
    try DurableFile.replace(
      path,
      write: { temporary in
        do {
          let digests = EarlyDigests(of: model.namedParameters)
          defer { digests.stop() }
          try fill(temporary, model, [.preview: preview, .samples: samples], training)
          try seal(temporary, as: path, knowing: digests.finish())
        } catch let error as HDF5Error {
          // The user knows the file by its own name, not by the temporary one.
          var reason = error.description.replacing(temporary, with: path)
          if reason.hasSuffix(".") { reason.removeLast() }
          throw CheckpointError.unwritable(file: path, reason: reason)
        }
      },
      verify: { _ = try readRecord(at: $0) })
  }

  private static func fill(
    _ path: String, _ model: Model, _ pictures: [PictureKind: Picture?],
    _ training: TrainingSnapshot?
  ) throws {
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
    try writeWeights(of: model, to: file)
    try write(model.history, to: root)
    if let density = model.density {
      try write(density, to: try root.createGroup(CheckpointFormat.density))
    }
    if let vocabulary = model.vocabulary {
      try root.writeString(
        vocabulary.tokens.joined(separator: "\n"), to: CheckpointFormat.vocabulary)
    }
    try write(pictures.compactMapValues { $0 }, to: root)
    if let training { try write(training, to: root) }
    try file.beginSync()
    try file.close()
  }

  private static func writeWeights(of model: Model, to file: File) throws {
    let group = try file.root.createGroup(CheckpointFormat.networks)
    let parameters = model.namedParameters
    try file.reserve(4 * parameters.reduce(0) { $0 + $1.parameter.shape.count })
    var waiting = 0
    for (name, parameter) in parameters {
      try parameter.withFloats { floats in
        _ = try group.write(from: floats, shape: parameter.shape.dimensions, to: name) {
          (bytes) throws(HDF5Error) in
          waiting += bytes
          guard waiting >= syncedBytes else { return }
          try file.beginSync()
          waiting = 0
        }
      }
    }
  }

  /// Bytes of weights after which the disk is set to work while more are written.
  private static let syncedBytes = 32 << 20

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

  private static func json(_ value: some Encodable, isPretty: Bool = true) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
