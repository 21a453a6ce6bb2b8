import LatentZoo
import ResidualBackbone
import TestSupport
import Testing

@Suite struct ResidualTests {
  private func makeBackbone(
    _ size: [Int], _ channels: [Int], blockCount: Int = 1,
    normalization: Normalization = .group
  ) throws -> Residual {
    var configuration = Residual.Configuration()
    configuration.channels = channels
    configuration.blockCount = blockCount
    configuration.normalization = normalization
    return try Residual(configuration, for: DataSignature(DataShape(size)))
  }

  @Test(
    "The decoder restores the size of any image, from features and from maps",
    arguments: [[1, 28, 28], [3, 32, 32], [1, 112, 92], [3, 7, 5], [2, 13, 1]], [1, 2])
  func sizes(_ size: [Int], _ blockCount: Int) throws {
    let backbone = try makeBackbone(size, [4, 6, 6], blockCount: blockCount)
    var random = RandomSource(seed: 1)
    var pass = Pass.evaluation()
    let x = Tensor.input(Shape([2] + size))
    let encoder = backbone.makeEncoder(using: &random)
    let features = encoder(x, using: &pass)
    #expect(features.shape == [2, backbone.featureSize])
    let mapEncoder = backbone.makeMapEncoder(using: &random)
    let maps = mapEncoder(x, using: &pass)
    #expect(maps.shape == backbone.featureMap.batched(2))
    let decoder = backbone.makeDecoder(inputSize: 7, using: &random)
    let y = decoder(Tensor.input([2, 7]), using: &pass)
    let map = backbone.featureMap.dimensions
    let mapDecoder = backbone.makeMapDecoder(inputChannels: 3, using: &random)
    let z = mapDecoder(Tensor.input([2, 3, map[1], map[2]]), using: &pass)
    for result in [y, z] { #expect(result.shape == x.shape && result.fault == nil) }
  }

  @Test("Before training an unnormalised block hands its input on beside what it adds")
  func shortcut() throws {
    let backbone = try makeBackbone([4, 4, 4], [4], blockCount: 2, normalization: .none)
    var random = RandomSource(seed: 1)
    let encoder = backbone.makeMapEncoder(using: &random)
    let names = encoder.namedParameters.map(\.path)
    #expect(names.contains("stages/0/0/shortcut/convolution/weight"), "\(names)")
    #expect(!names.contains("stages/0/1/shortcut/convolution/weight"))
    for (path, parameter) in encoder.namedParameters where path.hasPrefix("stages/0/1") {
      parameter.value = NDArray(repeating: 0, shape: parameter.shape)
    }
    let one = try makeBackbone([4, 4, 4], [4], normalization: .none)
    var again = RandomSource(seed: 1)
    let shorter = one.makeMapEncoder(using: &again)
    for (mine, other) in zip(shorter.namedParameters, encoder.namedParameters) {
      mine.parameter.value = other.parameter.value
    }
    let x = Tensor(.uniform([1, 4, 4, 4], using: &random))
    var pass = Pass.evaluation()
    let outputs = [encoder(x, using: &pass), shorter(x, using: &pass)]
    let values = try Tensor.evaluated(outputs)
    #expect(values[0] == values[1])
  }

  @Test("Groups divide the channels, at most eight")
  func groups() throws {
    for (channels, groups) in [(32, 8), (6, 6), (9, 3), (7, 7), (11, 1), (1, 1)] {
      let layer = try #require(Normalization.group.makeLayer(channels: channels) as? GroupNorm)
      #expect(layer.groups == groups)
    }
    #expect(Normalization.none.makeLayer(channels: 3) == nil)
  }

  @Test("Data that is no image and senseless settings are refused")
  func refusals() throws {
    #expect(throws: ModelError.self) {
      try Residual(Residual.Configuration(), for: DataSignature(DataShape([64])))
    }
    var configuration = Residual.Configuration()
    configuration.blockCount = 0
    #expect(throws: ConfigurationError.self) { try configuration.check() }
    configuration = Residual.Configuration()
    configuration.channels = []
    #expect(throws: ConfigurationError.self) { try configuration.check() }
  }
}
