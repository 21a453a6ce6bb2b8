/// A backbone whose features are maps, channels × height × width, on which a family can put a code that keeps its place in the
/// image: 1×1 convolutions instead of linear layers as heads.
public protocol SpatialBackbone: Backbone {
  /// Channels × height × width of the features.
  var featureMap: DataShape { get }

  /// Makes the network from data `[B, ...dataShape]` to features `[B, ...featureMap]`.
  func makeMapEncoder(using random: inout RandomSource) -> any Layer

  /// Makes the network from maps `[B, inputChannels, height, width]`, of the features' height and width, to data
  /// `[B, ...dataShape]`, without a final activation.
  func makeMapDecoder(inputChannels: Int, using random: inout RandomSource) -> any Layer
}

extension SpatialBackbone {
  public var featureSize: Int { featureMap.featureCount }

  /// Height and width of images.
  ///
  /// - Throws: ``ModelError/backboneDoesNotFit(backbone:data:reason:)`` for data that is none.
  public static func imageSize(of data: DataSignature) throws -> Size2D {
    guard let height = data.shape.height, let width = data.shape.width else {
      throw ModelError.backboneDoesNotFit(
        backbone: card.identifier, data: data.shape,
        reason: "it takes images, channels × height × width")
    }
    return Size2D(height, width)
  }
}

/// A flat code as a map, and a network from there: `[B, channels · height · width]` to data `[B, ...]`.
public struct MapDecoder: Layer {
  /// Channels × height × width of the code.
  public let map: DataShape
  /// `[B, channels, height, width]` to data.
  public let network: any Layer

  /// Joins a shape and a network.
  public init(map: DataShape, network: any Layer) {
    self.map = map
    self.network = network
  }

  public func callAsFunction(_ z: Tensor, using pass: inout Pass) -> Tensor {
    network(z.reshaped(to: map.batched(z.shape[0])), using: &pass)
  }
}
