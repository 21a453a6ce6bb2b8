extension Tensor {
  /// The value of a small graph without inputs, computed at once: for tests, notebooks and tools.
  ///
  /// - Throws: the mistake the tensor carries, or what ``Plan`` throws.
  public func evaluated(
    on engine: Engine = .shared, seed: UInt64 = 0
  ) throws(TensorError) -> NDArray {
    try Tensor.evaluated([self], on: engine, seed: seed)[0]
  }

  /// The values of several tensors, computed together; of each tensor's shape, in their order.
  ///
  /// - Throws: as ``evaluated(on:seed:)``.
  public static func evaluated(
    _ tensors: [Tensor], on engine: Engine = .shared, seed: UInt64 = 0
  ) throws(TensorError) -> [NDArray] {
    let plan = try Plan(inputs: [], outputs: tensors, on: engine)
    try plan.run([NDArray](), seed: seed)
    return tensors.indices.map { plan.output($0) }
  }
}

/// A function of tensors that is recorded and planned once for each combination of input shapes.
///
/// Like `jax.jit`: the first call with new shapes records and plans, later calls only run.
public final class CompiledFunction {
  private let engine: Engine
  private let body: ([Tensor]) throws -> [Tensor]
  private var plans: [[Shape]: Plan] = [:]

  /// Wraps a function; `body` is called once for each combination of input shapes, and may throw.
  public init(on engine: Engine = .shared, _ body: @escaping ([Tensor]) throws -> [Tensor]) {
    self.engine = engine
    self.body = body
  }

  /// Computes the function.
  ///
  /// - Parameters:
  ///   - inputs: one array for each of the function's tensors.
  ///   - seed: key of all random numbers drawn inside.
  ///   - step: counts the runs, so that each draws fresh numbers.
  ///
  /// - Throws: what `body` throws, or a ``TensorError``.
  public func callAsFunction(
    _ inputs: [NDArray], seed: UInt64 = 0, step: UInt64 = 0
  ) throws -> [NDArray] {
    let plan = try plan(for: inputs.map(\.shape))
    try plan.run(inputs, seed: seed, step: step)
    return plan.outputShapes.indices.map { plan.output($0) }
  }

  /// The plan for inputs of these shapes, made on first use.
  ///
  /// - Throws: what the function throws, or a ``TensorError``.
  public func plan(for shapes: [Shape]) throws -> Plan {
    if let plan = plans[shapes] { return plan }
    let inputs = shapes.map { Tensor.input($0) }
    let plan = try Plan(inputs: inputs, outputs: try body(inputs), on: engine)
    plans[shapes] = plan
    return plan
  }
}
