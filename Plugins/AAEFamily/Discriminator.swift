import LatentZoo

/// A network that tells what was drawn of a prior from what an encoder made (Goodfellow et al. 2014,
/// https://arxiv.org/abs/1406.2661).
///
/// With `D = sigmoid(network)`, the probability of having been drawn.
struct Discriminator: Module {
  /// `[B, inputSize]` to logits `[B, 1]`
  let network: MultilayerPerceptron

  init(inputSize: Int, hiddenSizes: [Int], using random: inout RandomSource) {
    network = MultilayerPerceptron(
      inputSize: inputSize, hiddenSizes: hiddenSizes, outputSize: 1,
      activation: .leakyRelu, using: &random)
  }

  /// What the discriminator minimises: `-log D(drawn) - log(1 - D(made))`.
  ///
  /// - Parameters:
  ///   - drawn, made: `[B, inputSize]`; no gradient reaches whoever made them.
  func discrimination(of drawn: Tensor, from made: Tensor, using pass: inout Pass) -> Objective {
    let real = network(drawn.stoppingGradient(), using: &pass)
    let fake = network(made.stoppingGradient(), using: &pass)
    let isRight = ((real > 0).mean() + (fake < 0).mean()) * 0.5
    return Objective(
      loss: (-real).softplus().mean() + fake.softplus().mean(), terms: [("accuracy", isRight)])
  }

  /// What a checkpoint tells of it: what it judges to the `logit` of having been drawn, `[N, 1]`.
  func told(
    as name: String, of inputs: [GraphValue],
    judging judged: @escaping ([Tensor]) -> Tensor = { $0[0] }
  ) -> FurtherNetwork {
    FurtherNetwork(name, inputs: inputs, outputs: ["logit"]) { inputs, pass in
      [network(judged(inputs), using: &pass)]
    }
  }

  /// What the encoder minimises to be taken for the prior: `-log D(made)`, `[]`.
  func fooling(by made: Tensor, using pass: inout Pass) -> Tensor {
    (-network(made, using: &pass)).softplus().mean()
  }
}

/// How the networks of an adversarial autoencoder move: the settings that both its forms share.
enum Adversary {
  /// Adam with little memory of past gradients, as adversaries are moving targets (Radford et al. 2016,
  /// https://arxiv.org/abs/1511.06434).
  static let optimizer = OptimizerRule.adam(beta1: 0.5)
}
