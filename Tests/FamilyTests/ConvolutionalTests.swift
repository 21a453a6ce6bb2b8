import ConvolutionalBackbone
import LatentZoo
import TestSupport
import Testing

@Suite struct ConvolutionalTests {
  private func makeBackbone(
    _ size: [Int], _ channels: [Int], kernelSize: Int = 3,
    normalization: Normalization = .none
  ) throws -> Convolutional {
    var configuration = Convolutional.Configuration()
    configuration.channels = channels
    configuration.kernelSize = kernelSize
    configuration.normalization = normalization
    return try Convolutional(configuration, for: DataSignature(DataShape(size)))
  }

  @Test(
    "The decoder restores the size of any image",
    arguments: [[1, 28, 28], [3, 32, 32], [1, 112, 92], [3, 7, 5], [2, 13, 1]], [2, 3, 4, 5])
  func sizes(_ size: [Int], _ kernelSize: Int) throws {
    // An even window leaves nothing of a row one pixel wide.
    guard size[2] > 1 || kernelSize % 2 == 1 else { return }
    let channels = size[2] > 5 ? [4, 6, 8] : [4]
    let backbone = try makeBackbone(size, channels, kernelSize: kernelSize)
    var random = RandomSource(seed: 1)
    var pass = Pass.evaluation()
    let x = Tensor.input(Shape([2] + size))
    let encoder = backbone.makeEncoder(using: &random)
    let features = encoder(x, using: &pass)
    #expect(features.shape == [2, backbone.featureSize])
    let decoder = backbone.makeDecoder(inputSize: 7, using: &random)
    let y = decoder(Tensor.input([2, 7]), using: &pass)
    #expect(y.shape == x.shape && y.fault == nil)
  }

  @Test("Batch normalisation stands between convolution and activation, and keeps its statistics")
  func normalization() throws {
    let backbone = try makeBackbone([1, 8, 8], [4, 4], normalization: .batch)
    var random = RandomSource(seed: 1)
    let encoder = backbone.makeEncoder(using: &random)
    let names = encoder.namedParameters.map(\.path)
    #expect(names.contains("layers/0/normalization/running_mean"), "\(names)")
    var pass = Pass.training(using: random)
    _ = encoder(Tensor.input([3, 1, 8, 8]), using: &pass)
    #expect(pass.assignments.count == 4)
  }

  @Test("Data that is no image, and more convolutions than the image bears, are refused")
  func refusals() throws {
    var configuration = Convolutional.Configuration()
    #expect(throws: ModelError.self) {
      try Convolutional(configuration, for: DataSignature(DataShape([64])))
    }
    configuration.channels = [4, 4, 4, 4]
    configuration.kernelSize = 4
    let error = #expect(throws: ModelError.self) {
      try Convolutional(configuration, for: DataSignature(DataShape([1, 8, 8])))
    }
    #expect(error?.description.contains("4 convolutions leave nothing of the image") == true)
  }
}
