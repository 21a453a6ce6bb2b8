import Layers
import Tensors

/// A network and what a step of its training does, or what encoding with it computes.
struct BenchmarkCase {
  /// A loss and the parameters it moves.
  struct Objective {
    let name: String
    let parameters: [Parameter]
    let loss: (_ inputs: [Tensor], _ pass: inout Pass) -> Tensor
  }

  /// Holds the layers alive and names their parameters.
  let model: any Module
  /// One for each objective; empty where nothing is trained.
  var objectives: [Objective] = []
  /// What encoding computes, where nothing is trained.
  var code: ((_ inputs: [Tensor], _ pass: inout Pass) -> Tensor)?

  /// Trains all parameters by one loss.
  init(_ model: some Module, minimising loss: @escaping ([Tensor], inout Pass) -> Tensor) {
    self.model = model
    objectives = [Objective(name: "loss", parameters: model.parameters, loss: loss)]
  }

  init(_ model: some Module, objectives: [Objective]) {
    self.model = model
    self.objectives = objectives
  }

  init(_ model: some Module, encoding code: @escaping ([Tensor], inout Pass) -> Tensor) {
    self.model = model
    self.code = code
  }

  /// Every case by its name; sizes as in `cases.py`.
  static let all: [String: @Sendable (inout RandomSource) -> BenchmarkCase] = [
    "dense-vae": { denseVAE(using: &$0) }, "deep-ae": { deepAE(using: &$0) },
    "conv-ae": { convAE(using: &$0) }, "conv-vae": { convVAE(using: &$0) },
    "aae": { aae(using: &$0) }, "encode-dense": { encodeDense(using: &$0) },
    "encode-conv": { encodeConv(using: &$0) }, "gru-ae": { gruAE(using: &$0) },
    "skip-thought": { skipThought(using: &$0) },
  ]
}

extension Linear {
  /// A chain of linear layers through the given sizes, each but the last followed by a rectifier.
  static func chain(_ sizes: [Int], using random: inout RandomSource) -> Sequential {
    var layers: [any Layer] = []
    for (place, (input, output)) in zip(sizes, sizes.dropFirst()).enumerated() {
      if place > 0 { layers.append(Activation.relu) }
      layers.append(Linear(inputSize: input, outputSize: output, using: &random))
    }
    return Sequential(layers)
  }
}
