import Foundation
internal import HDF5

extension Checkpoint {
  /// Reads how a training was asked for and how far it is, without weights and moments.
  ///
  /// - Returns: `nil` where the file keeps no training state.
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  public static func readTrainingState(at path: String) throws -> TrainingState? {
    let file = try open(path)
    guard try file.root.contains(CheckpointFormat.trainingState) else { return nil }
    let object = "\(CheckpointFormat.trainingState)/\(CheckpointFormat.position)"
    let state = try file.json(TrainingState.self, in: object, limit: JSONLimits.recordBytes)
    let completed = try readHistory(from: file, path).epochs.count
    if let fault = state.steps?.fault(completedEpochs: completed) {
      throw CheckpointError.malformed(file: path, object: object, reason: fault)
    }
    return state
  }

  /// Reads the moments of each objective's optimiser, by name.
  ///
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  static func readMoments(
    of optimizers: [TrainingState.OptimizerSteps], at path: String
  ) throws -> [[String: NDArray]] {
    let state = try open(path).root.group(CheckpointFormat.trainingState)
    return try optimizers.indices.map { number in
      let name = "\(CheckpointFormat.optimizers)/\(number)"
      guard try state.contains(name) else { return [:] }
      return try weights(below: try state.group(name), prefix: "", depth: 0)
        .mapValues { NDArray(try $0.read(as: Float.self), shape: Shape($0.shape)) }
    }
  }

  /// Takes the training state out of a file, which is left with everything else; nothing happens where there is none.
  ///
  /// - Parameters:
  ///   - path: the checkpoint, which is replaced.
  ///   - registry: where it does not know the family, the model is written as its graph tells it.
  /// - Throws: ``CheckpointError``, or what HDF5 says; the file is then as it was.
  public static func removeTrainingState(at path: String, registry: Registry) throws {
    guard try readTrainingState(at: path) != nil else { return }
    let model = try read(at: path, registry: registry)
    let pictures = try readPictures(at: path)
    try write(model, preview: pictures[.preview], samples: pictures[.samples], to: path)
  }

  /// Writes a training as it is: one JSON text, and the moments of each optimiser by the objective's number.
  static func write(_ training: TrainingSnapshot, to root: Group) throws {
    let group = try root.createGroup(CheckpointFormat.trainingState)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(training.state), as: UTF8.self)
    try group.writeString(text, to: CheckpointFormat.position)
    for (number, moments) in training.moments.enumerated() {
      for moment in moments {
        try moment.withFloats { floats in
          _ = try group.write(
            from: floats, shape: moment.shape.dimensions,
            to: "\(CheckpointFormat.optimizers)/\(number)/\(moment.path)")
        }
      }
    }
  }
}

extension CheckpointFormat {
  /// The file of a training's best weights: `vae-digits.best.h5` beside `vae-digits.h5`.
  static func bestPath(beside path: String) -> String {
    (path.hasSuffix(".h5") ? String(path.dropLast(3)) : path) + ".best.h5"
  }
}
