/// A backbone that can build a decoder out of its encoder's weights, transposed.
public protocol TiedBackbone: Backbone {
  /// Makes an encoder, a linear layer from its features to a code, and a decoder that shares their weights.
  func makeTiedNetworks(codeSize: Int, using random: inout RandomSource) -> TiedNetworks
}

/// Networks that share weights; those belong to the encoder and the head, the decoder has only biases of its own.
public struct TiedNetworks {
  /// `[B, ...dataShape]` to `[B, featureSize]`
  public let encoder: any Layer
  /// `[B, featureSize]` to `[B, codeSize]`
  public let head: Linear
  /// `[B, codeSize]` to `[B, ...dataShape]`, without a final activation
  public let decoder: any Layer

  /// Joins networks.
  public init(encoder: any Layer, head: Linear, decoder: any Layer) {
    self.encoder = encoder
    self.head = head
    self.decoder = decoder
  }
}
