import Layers
import Tensors

/// `[B, C, H, W]` to features `[B, ...]`, and back.
private struct ConvolutionalAutoencoder: Module {
  let encoder: Sequential
  let code: Linear
  let expand: Linear
  let decoder: Sequential
  /// Height, width and channels.
  let smallest: [Int]

  func features(_ x: Tensor, using pass: inout Pass) -> Tensor {
    // Channels last, as they lie in memory: another numbering of the next layer's inputs than PyTorch's, and no copy.
    encoder(x, using: &pass).transposed([0, 2, 3, 1]).flattened()
  }

  func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    let small = expand(z, using: &pass).relu()
    let images = small.reshaped(to: Shape([z.shape[0]] + smallest)).transposed([0, 3, 1, 2])
    return decoder(images, using: &pass)
  }
}

private struct ConvolutionalVAE: Module {
  let network: ConvolutionalAutoencoder
  let head: GaussianHead
}

/// Strided convolutions through the given numbers of channels, each followed by a rectifier.
private func down(
  _ channels: [Int], kernelSize: Size2D, using random: inout RandomSource
) -> Sequential {
  var layers: [any Layer] = []
  for (input, output) in zip(channels, channels.dropFirst()) {
    layers.append(
      Conv2D(
        inputChannels: input, outputChannels: output, kernelSize: kernelSize, stride: 2,
        padding: 1, using: &random))
    layers.append(Activation.relu)
  }
  return Sequential(layers)
}

/// Transposed convolutions that double the image, a rectifier between any two.
private func up(
  _ channels: [Int], kernelSize: Size2D, outputPadding: Size2D, using random: inout RandomSource
) -> Sequential {
  var layers: [any Layer] = []
  for (place, (input, output)) in zip(channels, channels.dropFirst()).enumerated() {
    if place > 0 { layers.append(Activation.relu) }
    layers.append(
      ConvTranspose2D(
        inputChannels: input, outputChannels: output, kernelSize: kernelSize, stride: 2,
        padding: 1, outputPadding: outputPadding, using: &random))
  }
  return Sequential(layers)
}

extension BenchmarkCase {
  private static func small(using random: inout RandomSource) -> ConvolutionalAutoencoder {
    ConvolutionalAutoencoder(
      encoder: down([1, 32, 64], kernelSize: 3, using: &random),
      code: Linear(inputSize: 3136, outputSize: 32, using: &random),
      expand: Linear(inputSize: 32, outputSize: 3136, using: &random),
      decoder: up([64, 32, 1], kernelSize: 3, outputPadding: 1, using: &random),
      smallest: [7, 7, 64])
  }

  static func convAE(using random: inout RandomSource) -> BenchmarkCase {
    let model = small(using: &random)
    return BenchmarkCase(
      model,
      minimising: { inputs, pass in
        let x = inputs[0]
        let y = model.decode(
          model.code(model.features(x, using: &pass), using: &pass), using: &pass)
        return ReconstructionLoss.binaryCrossEntropy(of: y, target: x).mean()
      })
  }

  static func encodeConv(using random: inout RandomSource) -> BenchmarkCase {
    let model = small(using: &random)
    return BenchmarkCase(
      model,
      encoding: { inputs, pass in
        model.code(model.features(inputs[0], using: &pass), using: &pass)
      })
  }

  static func convVAE(using random: inout RandomSource) -> BenchmarkCase {
    let network = ConvolutionalAutoencoder(
      encoder: down([3, 32, 64, 128, 256], kernelSize: 4, using: &random),
      code: Linear(inputSize: 1, outputSize: 1, using: &random),
      expand: Linear(inputSize: 128, outputSize: 4096, using: &random),
      decoder: up([256, 128, 64, 32, 3], kernelSize: 4, outputPadding: 0, using: &random),
      smallest: [4, 4, 256])
    let model = ConvolutionalVAE(
      network: network, head: GaussianHead(inputSize: 4096, latentSize: 128, using: &random))
    return BenchmarkCase(
      model,
      minimising: { inputs, pass in
        let x = inputs[0]
        let posterior = model.head(network.features(x, using: &pass), using: &pass)
        let y = network.decode(posterior.sample(using: &pass), using: &pass)
        return ReconstructionLoss.squaredError(of: y, target: x).mean()
          + posterior.klDivergenceToStandardNormal().mean()
      })
  }
}
