import Layers
import Tensors

/// Mean and logarithm of the variance of a code from features.
struct GaussianHead: Module {
  let mean: Linear
  let logVariance: Linear

  init(inputSize: Int, latentSize: Int, using random: inout RandomSource) {
    mean = Linear(inputSize: inputSize, outputSize: latentSize, using: &random)
    logVariance = Linear(inputSize: inputSize, outputSize: latentSize, using: &random)
  }

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> DiagonalGaussian {
    DiagonalGaussian(mean: mean(x, using: &pass), logVariance: logVariance(x, using: &pass))
  }
}

private struct DenseVAE: Module {
  let features: Linear
  let head: GaussianHead
  let decoder: Sequential

  init(using random: inout RandomSource) {
    features = Linear(inputSize: 784, outputSize: 400, using: &random)
    head = GaussianHead(inputSize: 400, latentSize: 20, using: &random)
    decoder = Linear.chain([20, 400, 784], using: &random)
  }

  func posterior(_ x: Tensor, using pass: inout Pass) -> DiagonalGaussian {
    head(features(x, using: &pass).relu(), using: &pass)
  }
}

private struct Autoencoder: Module {
  let encoder: Sequential
  let decoder: Sequential
}

private struct AdversarialAutoencoder: Module {
  let encoder: Sequential
  let decoder: Sequential
  let discriminator: Sequential
}

extension BenchmarkCase {
  static func denseVAE(using random: inout RandomSource) -> BenchmarkCase {
    let model = DenseVAE(using: &random)
    return BenchmarkCase(
      model,
      minimising: { inputs, pass in
        let posterior = model.posterior(inputs[0], using: &pass)
        let y = model.decoder(posterior.sample(using: &pass), using: &pass)
        return ReconstructionLoss.binaryCrossEntropy(of: y, target: inputs[0]).mean()
          + posterior.klDivergenceToStandardNormal().mean()
      })
  }

  static func encodeDense(using random: inout RandomSource) -> BenchmarkCase {
    let model = DenseVAE(using: &random)
    return BenchmarkCase(
      model, encoding: { inputs, pass in model.posterior(inputs[0], using: &pass).mean })
  }

  static func deepAE(using random: inout RandomSource) -> BenchmarkCase {
    let sizes = [784, 1000, 500, 250, 30]
    let model = Autoencoder(
      encoder: Linear.chain(sizes, using: &random),
      decoder: Linear.chain(sizes.reversed(), using: &random))
    return BenchmarkCase(
      model,
      minimising: { inputs, pass in
        let y = model.decoder(model.encoder(inputs[0], using: &pass), using: &pass)
        return ReconstructionLoss.squaredError(of: y, target: inputs[0]).mean()
      })
  }

  /// Makhzani et al. 2015: reconstruct, tell codes from samples, and pass codes off as samples.
  static func aae(using random: inout RandomSource) -> BenchmarkCase {
    let model = AdversarialAutoencoder(
      encoder: Linear.chain([784, 1000, 1000, 8], using: &random),
      decoder: Linear.chain([8, 1000, 1000, 784], using: &random),
      discriminator: Linear.chain([8, 1000, 1000, 1], using: &random))
    let reconstruct = Objective(
      name: "reconstruct", parameters: model.encoder.parameters + model.decoder.parameters
    ) { inputs, pass in
      let y = model.decoder(model.encoder(inputs[0], using: &pass), using: &pass)
      return ReconstructionLoss.binaryCrossEntropy(of: y, target: inputs[0]).mean()
    }
    let discriminate = Objective(
      name: "discriminate", parameters: model.discriminator.parameters
    ) { inputs, pass in
      let codes = model.encoder(inputs[0], using: &pass).stoppingGradient()
      let samples = pass.normal(codes.shape)
      // -log sigmoid(y) for samples, -log (1 - sigmoid(y)) for codes.
      return (-model.discriminator(samples, using: &pass)).softplus().mean()
        + model.discriminator(codes, using: &pass).softplus().mean()
    }
    let fool = Objective(name: "fool", parameters: model.encoder.parameters) { inputs, pass in
      let codes = model.encoder(inputs[0], using: &pass)
      return (-model.discriminator(codes, using: &pass)).softplus().mean()
    }
    return BenchmarkCase(model, objectives: [reconstruct, discriminate, fool])
  }
}
