import LatentZoo

/// No networks at all: features are the data itself, and the decoder is one affine map.
///
/// Any data shape of numbers. With it `ae` is the linear autoencoder and `vae` a linear Gaussian model.
public struct LinearMaps: Backbone {
  /// There is nothing to set.
  public struct Configuration: ModelConfiguration {
    public init() {}
    public func validate() throws {}
  }

  public static let card = Card(
    identifier: "linear", title: "Linear", summary: "one affine map each way, no hidden layers")

  public let configuration: Configuration
  public let data: DataSignature
  public var featureSize: Int { dataShape.featureCount }

  public init(_ configuration: Configuration, for data: DataSignature) throws {
    guard !data.isTokens else {
      throw ModelError.backboneDoesNotFit(
        backbone: Self.card.identifier, data: data.shape,
        reason: "its numbers are tokens, whose indices mean nothing by themselves")
    }
    self.configuration = configuration
    self.data = data
  }

  public func makeEncoder(using random: inout RandomSource) -> any Layer { Flattening() }

  public func makeDecoder(inputSize: Int, using random: inout RandomSource) -> any Layer {
    LinearDecoder(
      output: Linear(inputSize: inputSize, outputSize: featureSize, using: &random),
      dataShape: dataShape)
  }
}

/// `[B, ...dataShape]` to `[B, featureSize]`
struct Flattening: Layer {
  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor { x.flattened() }
}

/// `[B, inputSize]` to `[B, ...dataShape]`
struct LinearDecoder: Layer {
  let output: Linear
  let dataShape: DataShape

  func callAsFunction(_ z: Tensor, using pass: inout Pass) -> Tensor {
    output(z, using: &pass).reshaped(to: dataShape.batched(z.shape[0]))
  }
}
