public import Tensors
public import Testing

/// Holds an operator to a plain reference in `Double`: its value, and its gradient by every operand.
///
/// The gradient is that of `Σ wᵢ · yᵢ` with fixed random weights `w`, compared with central differences of the
/// reference; where the operator gives no gradient, the differences must vanish.
///
/// - Parameters:
///   - operands: how the operands are drawn.
///   - tolerance: see `expectClose`.
///   - seed: draws the operands.
///   - engine: what is checked.
///   - sourceLocation: where a failure is reported.
///   - reference: the operator on arrays of `Double`.
///   - body: records the operator.
public func checkOperator(
  _ operands: [Draw], tolerance: Double = 5e-6, seed: UInt64 = 1, on engine: Engine = .shared,
  sourceLocation: SourceLocation = #_sourceLocation,
  reference: ([DoubleArray]) -> DoubleArray, _ body: ([Tensor]) -> Tensor
) throws {
  var random = RandomSource(seed: seed)
  let arrays = operands.map { $0.values(using: &random) }
  let exact = arrays.map { DoubleArray($0) }
  let expected = reference(exact)
  let weights = NDArray.uniform(expected.shape, using: &random)

  let inputs = operands.map { Tensor.input($0.shape) }
  let result = body(inputs)
  guard result.shape == expected.shape || result.fault != nil else {
    Issue.record(
      "the shape is \(result.shape), expected \(expected.shape)", sourceLocation: sourceLocation)
    return
  }
  let loss = (result * Tensor(weights)).sum()
  let slopes = try gradients(of: loss, withRespectTo: inputs)
  let plan = try Plan(inputs: inputs, outputs: [result] + slopes.compactMap { $0 }, on: engine)
  try plan.run(arrays)

  expectClose(
    plan.output(0), expected, tolerance: tolerance, "value", sourceLocation: sourceLocation)
  let exactWeights = DoubleArray(weights)
  var output = 1
  for (operand, slope) in slopes.enumerated() {
    let differences = centralDifferences(of: exact, by: operand) { moved in
      zip(reference(moved).values, exactWeights.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let found =
      slope == nil ? NDArray(repeating: 0, shape: exact[operand].shape) : plan.output(output)
    if slope != nil { output += 1 }
    expectClose(
      found, differences, tolerance: 4 * tolerance, "gradient by operand \(operand)",
      sourceLocation: sourceLocation)
  }
}

/// The slope of a number by each element of one operand, from its values a small step to both sides.
public func centralDifferences(
  of arrays: [DoubleArray], by operand: Int, step: Double = 1e-5,
  _ function: ([DoubleArray]) throws -> Double
) rethrows -> DoubleArray {
  var moved = arrays
  var slopes = arrays[operand]
  for index in slopes.values.indices {
    let start = arrays[operand].values[index]
    moved[operand].values[index] = start + step
    let above = try function(moved)
    moved[operand].values[index] = start - step
    let below = try function(moved)
    moved[operand].values[index] = start
    slopes.values[index] = (above - below) / (2 * step)
  }
  return slopes
}
