import Layers
import Tensors

/// Runs the steps of a case on batches that it goes through in a circle.
final class CaseRunner {
  private let batches: [[Storage]]
  private var plans: [(plan: Plan, optimizer: Optimizer?)] = []
  private let rates = Storage(count: 3)
  private let model: any Module
  private var step: UInt64 = 0

  /// Plans a case.
  ///
  /// - Parameters:
  ///   - benchmark: the case.
  ///   - arrays: its inputs, each `[batches, B, ...]`.
  ///   - engine: what is measured.
  init(_ benchmark: BenchmarkCase, on arrays: [NDArray], engine: Engine) throws {
    model = benchmark.model
    model.nameParameters()
    let shapes = arrays.map { Shape(Array($0.shape.dimensions.dropFirst())) }
    batches = (0..<arrays[0].shape[0]).map { batch in
      zip(arrays, shapes).map { array, shape in
        let block = Storage(count: shape.count)
        let first = batch * shape.count
        block.withMutableFloats {
          _ = $0.update(from: array.scalars[first..<first + shape.count])
        }
        return block
      }
    }
    for (number, objective) in benchmark.objectives.enumerated() {
      plans.append(try Self.plan(objective, number, shapes, engine))
    }
    if let code = benchmark.code {
      let inputs = shapes.map { Tensor.input($0) }
      var pass = Pass.evaluation()
      let output = code(inputs, &pass)
      plans.append((try Plan(inputs: inputs, outputs: [output], on: engine), nil))
    }
  }

  private static func plan(
    _ objective: BenchmarkCase.Objective, _ number: Int, _ shapes: [Shape], _ engine: Engine
  ) throws -> (Plan, Optimizer?) {
    let inputs = shapes.map { Tensor.input($0) }
    let rates = Tensor.input([3])
    var pass = Pass.training(using: RandomSource(seed: UInt64(number) + 1))
    let loss = objective.loss(inputs, &pass)
    let optimizer = Optimizer(.adam(), of: objective.parameters)
    let slopes = try gradients(
      of: loss, withRespectTo: optimizer.parameters.map(\.tensor))
    let updates = optimizer.updates(gradients: slopes, rates: rates)
    let plan = try Plan(
      inputs: inputs + [rates], outputs: [loss], updates: updates + pass.assignments, on: engine)
    return (plan, optimizer)
  }

  /// Makes steps and returns the last loss of the first objective; the mean square of the codes where nothing is trained.
  func run(_ count: Int) throws -> Float {
    var loss: Float = 0
    for _ in 0..<count {
      let batch = batches[Int(step) % batches.count]
      for (number, (plan, optimizer)) in plans.enumerated() {
        guard let optimizer else {
          try plan.run(on: batch)
          continue
        }
        let now = optimizer.nextRates(learningRate: 1e-3)
        rates.withMutableFloats { _ = $0.update(from: now) }
        try plan.run(on: batch + [rates], seed: 1, step: step)
        if number == 0 { loss = plan.withOutput(0) { $0[0] } }
      }
      step += 1
    }
    if let (plan, optimizer) = plans.first, optimizer == nil {
      loss = plan.withOutput(0) { codes in
        codes.reduce(0) { $0 + $1 * $1 } / Float(max(codes.count, 1))
      }
    }
    return loss
  }

  /// Floating-point operations of a step in products and convolutions.
  var flopCount: Double { plans.reduce(0) { $0 + $1.plan.flopCount } }
  /// Bytes between the layers.
  var arenaByteCount: Int { plans.reduce(0) { $0 + $1.plan.arenaByteCount } }

  func startProfiling() { for (plan, _) in plans { plan.startProfiling() } }
  var profiles: [PlanProfile] { plans.map(\.plan.profile) }
}
