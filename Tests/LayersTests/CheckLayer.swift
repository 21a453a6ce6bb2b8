import Layers
import Tensors
import Testing

/// Holds a layer to PyTorch: every output, every gradient by input and by weight, and the running statistics.
///
///     @Test("Values and gradients are PyTorch's", arguments: LayerReference.cases(of: "linear"))
///     func torch(_ path: String) throws {
///       try checkLayer(path) { example in
///         var random = RandomSource(seed: 1)
///         return Linear(
///           inputSize: try example.setting("inputSize"), outputSize: try example.setting("outputSize"),
///           using: &random)
///       } apply: { layer, inputs, pass in
///         ["y": layer(try inputs("x"), using: &pass)]
///       }
///     }
///
/// - Parameters:
///   - path: the case, such as `conv2d/strided`.
///   - tolerance: see ``expectNear(_:_:tolerance:_:sourceLocation:)``.
///   - names: PyTorch's name for a path in the module, where ``pytorchName(_:)`` does not find it.
///   - make: makes the layer with the case's settings; its weights are then replaced.
///   - apply: records the layer; gives its outputs by the case's names.
func checkLayer<Checked: Module>(
  _ path: String, tolerance: Double = 1e-4, names: [String: String] = [:],
  sourceLocation: SourceLocation = #_sourceLocation,
  make: (LayerReference) throws -> Checked,
  apply: (Checked, LayerInputs, inout Pass) throws -> [String: Tensor]
) throws {
  let example = try LayerReference(path)
  let layer = try make(example)
  var parameters: [String: Parameter] = [:]
  for (path, parameter) in layer.namedParameters {
    let name = names[path] ?? pytorchName(path)
    try #require(parameters[name] == nil, "two parameters are \(name)")
    parameters[name] = parameter
  }
  guard load(example.weights, into: parameters, path, sourceLocation) else { return }

  let inputs = LayerInputs(example)
  var pass: Pass =
    example.isTraining ? .training(using: RandomSource(seed: 1)) : .evaluation()
  let outputs = try apply(layer, inputs, &pass)
  guard outputs.keys.sorted() == example.outputs.keys.sorted() else {
    Issue.record(
      "\(path) gives \(outputs.keys.sorted()), expected \(example.outputs.keys.sorted())",
      sourceLocation: sourceLocation)
    return
  }
  for (name, y) in outputs where y.fault == nil && y.shape != example.outputs[name]?.shape {
    Issue.record(
      """
      \(path) \(name) has shape \(y.shape), \
      expected \(example.outputs[name]?.shape ?? .scalar)
      """, sourceLocation: sourceLocation)
    return
  }
  try compare(
    Recorded(inputs: inputs, outputs: outputs, parameters: parameters, pass: pass), with: example,
    tolerance, sourceLocation)
}

/// Holds a function without weights to PyTorch, as ``checkLayer(_:tolerance:names:sourceLocation:make:apply:)``
/// does.
///
/// - Parameter body: records the function, which has one output.
func checkFunction(
  _ path: String, tolerance: Double = 1e-4, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: (LayerReference, LayerInputs) throws -> Tensor
) throws {
  struct Function: Module { let example: LayerReference }
  try checkLayer(path, tolerance: tolerance, sourceLocation: sourceLocation) {
    Function(example: $0)
  } apply: { function, inputs, _ in
    ["y": try body(function.example, inputs)]
  }
}

/// The inputs of a case as tensors to record with.
struct LayerInputs {
  /// A graph input for each, in the order of `names`.
  let tensors: [Tensor]
  /// Their names, sorted.
  let names: [String]
  private let path: String

  init(_ example: LayerReference) {
    path = example.path
    names = example.inputs.keys.sorted()
    tensors = names.map { .input(example.inputs[$0]?.shape ?? .scalar) }
  }

  /// An input that not every case has, such as `h0`.
  subscript(name: String) -> Tensor? {
    zip(names, tensors).first { $0.0 == name }?.1
  }

  /// An input that every case has.
  func callAsFunction(_ name: String) throws -> Tensor {
    try #require(self[name], "\(path) has no input \(name), only \(names)")
  }
}

/// A layer's path in PyTorch's spelling: `runningMean` is `running_mean`, `0/weight` is `0.weight`.
func pytorchName(_ path: String) -> String {
  path.reduce(into: "") { name, letter in
    if letter == "/" {
      name += "."
    } else if letter.isUppercase {
      name += "_" + letter.lowercased()
    } else {
      name.append(letter)
    }
  }
}

/// Fills the parameters by name; reports every one that is missing, extra or misshapen, and then fills none.
private func load(
  _ weights: [String: NDArray], into parameters: [String: Parameter], _ path: String,
  _ sourceLocation: SourceLocation
) -> Bool {
  let missing = weights.keys.filter { parameters[$0] == nil }.sorted()
  let extra = parameters.keys.filter { weights[$0] == nil }.sorted()
  let misshapen = weights.keys.sorted().compactMap { name -> String? in
    guard let found = parameters[name]?.shape, let expected = weights[name]?.shape,
      found != expected
    else { return nil }
    return "\(name) has shape \(found), expected \(expected)"
  }
  guard missing.isEmpty, extra.isEmpty, misshapen.isEmpty else {
    Issue.record(
      """
      \(path): the layer lacks \(missing), has \(extra) beyond PyTorch's parameters\
      \(misshapen.map { "; \($0)" }.joined())
      """, sourceLocation: sourceLocation)
    return false
  }
  for (name, weight) in weights { parameters[name]?.value = weight }
  return true
}
