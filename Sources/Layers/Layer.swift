public import Tensors

/// A module that maps one tensor to one tensor.
public protocol Layer: Module {
  /// Records the layer's operators; each layer tells the shapes it takes and gives.
  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor
}

/// Layers one after the other.
///
/// Shape: that of the first layer's input to that of the last layer's output.
public struct Sequential: Layer {
  /// The layers in order of application; their numbers are part of the parameters' paths.
  public let layers: [any Layer]

  /// Joins layers.
  public init(_ layers: [any Layer]) {
    self.layers = layers
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    layers.reduce(x) { value, layer in layer(value, using: &pass) }
  }
}

extension Sequential: CustomReflectable {
  /// The layers stand directly below the sequence: `0/weight`, as in PyTorch.
  public var customMirror: Mirror {
    Mirror(self, unlabeledChildren: layers, displayStyle: .collection)
  }
}
