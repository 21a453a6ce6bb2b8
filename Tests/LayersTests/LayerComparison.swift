import Layers
import Tensors
import TestSupport
import Testing

/// A layer recorded on the inputs of a case.
struct Recorded {
  let inputs: LayerInputs
  /// By PyTorch's names, as are the parameters.
  let outputs: [String: Tensor]
  let parameters: [String: Parameter]
  /// The pass after recording.
  let pass: Pass
}

/// Runs what was recorded, once, and compares everything with PyTorch's numbers.
func compare(
  _ recorded: Recorded, with example: LayerReference, _ tolerance: Double,
  _ sourceLocation: SourceLocation
) throws {
  let outputs = recorded.outputs.sorted { $0.key < $1.key }
  let slopes = try recorded.slopes(weightedBy: example)
  let plan = try Plan(
    inputs: recorded.inputs.tensors,
    outputs: outputs.map(\.value) + slopes.compactMap(\.gradient),
    updates: recorded.pass.assignments)
  try plan.run(recorded.inputs.names.compactMap { example.inputs[$0] })

  let expect = { (found: NDArray, expected: NDArray, what: String) in
    expectNear(
      found, expected, tolerance: tolerance, "\(example.path) \(what)",
      sourceLocation: sourceLocation)
  }
  for (number, (name, _)) in outputs.enumerated() {
    expect(plan.output(number), try #require(example.outputs[name]), name)
  }
  var number = outputs.count
  for (name, target, gradient) in slopes {
    // No gradient, on either side, says the same as one of zeros.
    let zeros = NDArray(repeating: 0, shape: target.shape)
    expect(
      gradient == nil ? zeros : plan.output(number), example.gradients[name] ?? zeros,
      "gradient by \(name)\(gradient == nil ? " (none)" : "")")
    if gradient != nil { number += 1 }
  }
  for (name, expected) in example.after.sorted(by: { $0.key < $1.key }) {
    expect(try #require(recorded.parameters[name]).value, expected, "\(name) after the pass")
  }
}

extension Recorded {
  /// The gradients of `Σ upstream · output` by the inputs that PyTorch has one for, and by every trained parameter.
  fileprivate func slopes(
    weightedBy example: LayerReference
  ) throws -> [(name: String, target: Tensor, gradient: Tensor?)] {
    let moved = inputs.names.filter { example.gradients["input_\($0)"] != nil }
    let trained = parameters.filter(\.value.isTrainable).sorted { $0.key < $1.key }
    let targets = moved.compactMap { inputs[$0] } + trained.map(\.value.tensor)
    // Without anything to move there is nothing to differentiate: a code of whole numbers, for example.
    guard !targets.isEmpty else { return [] }
    var loss = Tensor(0)
    for (name, y) in outputs {
      loss = loss + (y * Tensor(try #require(example.upstream[name]))).sum()
    }
    let found = try gradients(of: loss, withRespectTo: targets)
    let names = moved.map { "input_\($0)" } + trained.map(\.key)
    return targets.indices.map { (names[$0], targets[$0], found[$0]) }
  }
}

/// Expects that each number differs from the expected one by at most `tolerance` times the greatest magnitude
/// expected in the whole tensor, or times 0.01 where that is less.
///
/// The whole tensor is the measure because its numbers are sums of terms of similar size: one that happens to come
/// out near 0 keeps the rounding error of its terms, so an error relative to itself says nothing. Nor does one
/// relative to 1 for a tensor of small numbers, where it would pass anything. The floor is for tensors whose exact
/// value is 0, or would be without an epsilon: there only rounding is left to compare.
func expectNear(
  _ actual: NDArray, _ expected: NDArray, tolerance: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.shape == expected.shape else {
    Issue.record(
      "\(what) has shape \(actual.shape), expected \(expected.shape)",
      sourceLocation: sourceLocation)
    return
  }
  let scale = max(DoubleArray(expected).greatestMagnitude, 0.01)
  let wrong = actual.scalars.indices.filter { index in
    let error = abs(Double(actual.scalars[index]) - Double(expected.scalars[index]))
    return !(error <= tolerance * scale)
  }
  guard let first = wrong.first else { return }
  Issue.record(
    """
    \(what): \(wrong.count) of \(actual.shape.count) differ by more than \
    \(tolerance * scale), first [\(first)] = \(actual.scalars[first]), \
    expected \(expected.scalars[first])
    """,
    sourceLocation: sourceLocation)
}
