import Layers
import TestSupport
import Testing

@testable import Tensors

@Suite struct ConvolutionalNetworkTests {
  private struct Network: Module {
    let encoder: Sequential
    let decoder: Sequential

    init(channels: Int = 1, using random: inout RandomSource) {
      encoder = Sequential([
        Conv2D(
          inputChannels: channels, outputChannels: 8, kernelSize: 3, stride: 2, padding: 1,
          using: &random),
        Activation.relu,
        Conv2D(
          inputChannels: 8, outputChannels: 4, kernelSize: 3, stride: 2, padding: 1,
          using: &random),
      ])
      decoder = Sequential([
        ConvTranspose2D(
          inputChannels: 4, outputChannels: 8, kernelSize: 3, stride: 2, padding: 1,
          outputPadding: 1, using: &random),
        Activation.relu,
        ConvTranspose2D(
          inputChannels: 8, outputChannels: channels, kernelSize: 3, stride: 2, padding: 1,
          outputPadding: 1, using: &random),
      ])
    }
  }

  /// The parameters after some steps on fixed images, and the loss before each.
  private static func train(steps: Int) throws -> (losses: [Float], weights: [[UInt32]]) {
    var random = RandomSource(seed: 3)
    let network = Network(using: &random)
    let images = NDArray.uniform([7, 1, 12, 12], using: &random)
    let (x, rates) = (Tensor.input(images.shape), Tensor.input([3]))
    var pass = Pass.training(using: random)
    let y = network.decoder(network.encoder(x, using: &pass), using: &pass)
    let loss = ReconstructionLoss.squaredError(of: y, target: x).mean()
    let optimizer = Optimizer(.adam(), of: network.parameters)
    let slopes = try gradients(of: loss, withRespectTo: optimizer.parameters.map(\.tensor))
    let plan = try Plan(
      inputs: [x, rates], outputs: [loss],
      updates: optimizer.updates(gradients: slopes, rates: rates), on: Engine(threadCount: 2))
    var losses: [Float] = []
    for _ in 0..<steps {
      let now = optimizer.nextRates(learningRate: 1e-2)
      try plan.run([images, NDArray(now, shape: [3])])
      losses.append(plan.output(0).scalars[0])
    }
    return (losses, network.parameters.map { $0.value.bits })
  }

  @Test("Training lowers the loss, and twice gives the same weights to the last bit")
  func training() throws {
    let (first, second) = (try Self.train(steps: 40), try Self.train(steps: 40))
    #expect(first.weights == second.weights)
    #expect(first.losses[39] < 0.65 * first.losses[0])
  }

  @Test("Images that do not suit a convolution are reported with the layer and the shapes")
  func faults() throws {
    var random = RandomSource(seed: 1)
    let network = Network(channels: 3, using: &random)
    network.nameParameters()
    var pass = Pass.evaluation()
    let cases: [(Tensor, String)] = [
      (
        network.encoder(.input([2, 1, 9, 9]), using: &pass),
        "layer \"encoder/0\": Conv of [2, 1, 9, 9] and [8, 3, 3, 3] and [8]: the weights take 3 "
          + "channels, the images have 1"
      ),
      (
        network.decoder(.input([2, 5, 9, 9]), using: &pass),
        "layer \"decoder/0\": ConvTranspose of [2, 5, 9, 9] and [4, 8, 3, 3] and [8]: the weights "
          + "take 4 channels, the images have 5"
      ),
      (
        network.encoder(.input([2, 9]), using: &pass),
        "layer \"encoder/0\": Conv of [2, 9] and [8, 3, 3, 3] and [8]: images must be "
          + "[N, C, H, W] and weights of rank 4"
      ),
      (
        Tensor.convolution(.input([1, 1, 2, 2]), .input([1, 1, 3, 3])),
        "Conv of [1, 1, 2, 2] and [1, 1, 3, 3]: the window is larger than the padded image"
      ),
    ]
    for (tensor, message) in cases { #expect(tensor.fault?.description == message) }
  }

  @Test("A plan that cannot have its memory names the layer that wants most of it")
  func memory() throws {
    var random = RandomSource(seed: 1)
    let network = Network(using: &random)
    network.nameParameters()
    var pass = Pass.evaluation()
    let x = Tensor.input([1 << 24, 1, 1 << 11, 1 << 11])
    let y = network.encoder(x, using: &pass)
    let error = #expect(throws: TensorError.self) {
      try Plan(inputs: [x], outputs: [y], on: Engine(threadCount: 1))
    }
    #expect(error?.description.contains("of layer \"encoder/0\"") == true)
  }
}
