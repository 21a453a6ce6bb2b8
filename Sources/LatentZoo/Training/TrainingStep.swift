/// One step of a training: every objective in turn, each planned once for each size of batch.
final class TrainingStep<Family: ModelFamily> {
  private let model: Family
  private let objectives: [TrainingObjective<Family>]
  private let optimizers: [Optimizer]
  private let engine: Engine
  private let options: TrainingOptions
  private let dataShape: DataShape
  private var plans: [Int: [Planned]] = [:]
  private let epochInput = Storage(count: 1)
  private let ratesInput = Storage(count: 3)

  /// An objective as a plan; its outputs are the loss and the terms.
  private struct Planned {
    let plan: Plan
    let names: [String]
  }

  init(_ model: Family, data: DataShape, _ options: TrainingOptions, _ engine: Engine) {
    self.model = model
    self.engine = engine
    self.options = options
    dataShape = data
    objectives = model.objectives
    optimizers = objectives.map {
      Optimizer(
        $0.optimizer ?? options.optimizer, of: $0.parameters(model), clipping: options.clipping)
    }
  }

  /// Names of everything a step reports, for batches of `count` examples.
  func names(batchSize count: Int) throws -> [String] {
    try planned(count).flatMap(\.names)
  }

  /// Makes one step.
  ///
  /// - Parameters:
  ///   - step: counted from 0 over the whole training.
  ///   - epoch: epochs done with their fraction.
  /// - Throws: ``TrainingError/diverged(objective:epoch:step:)`` or a `TensorError`.
  func run(
    on batch: borrowing LoadedBatch, step: Int, epoch: Double, learningRate: Double,
    into averages: inout TermAverages
  ) throws {
    epochInput.withMutableFloats { $0[0] = Float(epoch) }
    var place = 0
    for (index, planned) in try planned(batch.count).enumerated() {
      let objective = objectives[index]
      defer { place += planned.names.count }
      guard step.isMultiple(of: objective.period) else { continue }
      let rates = optimizers[index].nextRates(
        learningRate: learningRate * objective.learningRateFactor)
      ratesInput.withMutableFloats { _ = $0.update(from: rates) }
      try planned.plan.run(
        on: batch.storages + [epochInput, ratesInput], seed: options.seed, step: UInt64(step))
      for output in planned.names.indices {
        let value = planned.plan.withOutput(output) { $0[0] }
        guard value.isFinite else {
          throw TrainingError.diverged(
            objective: planned.names[output], epoch: Int(epoch) + 1, step: step + 1)
        }
        averages.add(value, at: place + output, weight: batch.count)
      }
    }
  }

  /// The moments of each objective's optimiser: the next step changes them.
  var moments: [[Parameter]] { optimizers.map(\.state) }

  /// How far each objective's optimiser is.
  var optimizerSteps: [TrainingState.OptimizerSteps] {
    zip(objectives, optimizers).map { objective, optimizer in
      TrainingState.OptimizerSteps(objective: objective.name, stepCount: optimizer.stepCount)
    }
  }

  /// Takes the optimisers to where they were.
  ///
  /// - Parameters:
  ///   - moments: of each objective's optimiser, by name.
  ///   - steps: how far each was.
  /// - Throws: ``ResumeError/stateDoesNotFit(reason:)``.
  func restore(
    _ moments: [[String: NDArray]], _ steps: [TrainingState.OptimizerSteps]
  ) throws(ResumeError) {
    let names = objectives.map(\.name)
    guard steps.map(\.objective) == names, moments.count == names.count else {
      throw .stateDoesNotFit(
        reason:
          "it has the objectives \(steps.map(\.objective).joined(separator: ", ")) instead of "
          + names.joined(separator: ", "))
    }
    for (index, optimizer) in optimizers.enumerated() {
      let (stored, wanted) = (moments[index], optimizer.state)
      let strangers = Set(stored.keys).subtracting(wanted.map(\.path)).sorted()
      let faults =
        wanted.filter { stored[$0.path]?.shape != $0.shape }.map(\.path) + strangers
      guard faults.isEmpty else {
        throw .stateDoesNotFit(
          reason: "of \(names[index]), these are missing, unknown or of another shape: "
            + faults.joined(separator: ", "))
      }
      for cell in wanted {
        if let value = stored[cell.path] { cell.value = value }
      }
      optimizer.stepCount = steps[index].stepCount
    }
  }

  /// Begins to measure the steps on batches of `count` examples.
  func startProfiling(batchSize count: Int) throws {
    for planned in try planned(count) { planned.plan.startProfiling() }
  }

  /// What was measured since ``startProfiling(batchSize:)``.
  func profile(batchSize count: Int) throws -> TrainingProfile {
    let measured = zip(objectives, try planned(count)).map { objective, planned in
      TrainingProfile.Objective(
        name: objective.name, kernels: planned.plan.profile,
        arenaByteCount: planned.plan.arenaByteCount)
    }
    return TrainingProfile(
      batchSize: count, objectives: measured, productPeak: try engine.measuredProductPeak(),
      peakMemory: Engine.peakMemory)
  }

  private func planned(_ count: Int) throws -> [Planned] {
    if let found = plans[count] { return found }
    let made = try objectives.indices.map { try plan($0, count) }
    plans[count] = made
    return made
  }

  private func plan(_ index: Int, _ count: Int) throws -> Planned {
    let objective = objectives[index]
    let inputs = BatchInputs(dataShape, contents: model.batchContents, count: count)
    let rates = Tensor.input([3])
    // The same streams for every size of batch, so that the odd last one continues the series.
    let source = RandomSource(seed: options.seed).forked("objective \(objective.name)")
    var pass = Pass.training(using: source)
    let recorded = objective.record(model, inputs.batch, &pass)
    let optimizer = optimizers[index]
    let steps = optimizer.updates(
      gradients: try gradients(
        of: recorded.loss, withRespectTo: optimizer.parameters.map(\.tensor)), rates: rates)
    let plan = try Plan(
      inputs: inputs.tensors + [rates], outputs: [recorded.loss] + recorded.terms.map(\.value),
      updates: steps + pass.assignments, on: engine)
    return Planned(
      plan: plan,
      names: reportNames(
        of: objective.name, terms: recorded.terms.map(\.name), isOnly: objectives.count == 1))
  }
}
