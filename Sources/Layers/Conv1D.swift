public import Tensors

/// Convolution of sequences: a ``Conv2D`` over images one row high.
///
/// Shape: `[B, inputChannels, L]` to `[B, outputChannels, L']`; `weight` is
/// `[outputChannels, inputChannels / groups, kernelSize]`, `bias` `[outputChannels]`, as in PyTorch.
public struct Conv1D: WeightedLayer {
  /// `[outputChannels, inputChannels / groups, kernelSize]`
  public let weight: Parameter
  /// `[outputChannels]`
  public let bias: Parameter?
  /// How the window moves; its height is 1.
  public let window: ConvolutionWindow

  /// Makes a layer with initial values, as PyTorch does by default; parameters as in ``Conv2D``.
  ///
  /// - Precondition: sizes are positive, `groups` divides both numbers of channels.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1, hasBias: Bool = true,
    initializer: Initializer = .fanInUniform, using random: inout RandomSource
  ) {
    window = ConvolutionWindow(
      Size2D(1, kernelSize), Size2D(1, stride), Size2D(0, padding), Size2D(1, dilation), groups,
      channels: (inputChannels, outputChannels))
    (weight, bias) = initializer.weightAndBias(
      [outputChannels, inputChannels / groups, kernelSize],
      biasSize: hasBias ? outputChannels : nil, using: &random)
  }

  public func callAsFunction(_ x: Tensor, weight: Tensor, using pass: inout Pass) -> Tensor {
    let y = Tensor.convolution(
      x.asImages, weight.asImages, bias: bias?.tensor,
      strides: window.stride.dimensions, padding: window.padding.dimensions,
      dilations: window.dilation.dimensions, groups: window.groups)
    return y.asSequences
  }
}

/// Transposed convolution of sequences: a ``ConvTranspose2D`` over images one row high.
///
/// Shape: `[B, inputChannels, L]` to `[B, outputChannels, L']`; `weight` is
/// `[inputChannels, outputChannels / groups, kernelSize]`, `bias` `[outputChannels]`, as in PyTorch.
public struct ConvTranspose1D: WeightedLayer {
  /// `[inputChannels, outputChannels / groups, kernelSize]`
  public let weight: Parameter
  /// `[outputChannels]`
  public let bias: Parameter?
  /// How the window moves; its height is 1.
  public let window: ConvolutionWindow
  /// Places added at the end.
  public let outputPadding: Int
  public var outputAxis: Int { 1 }

  /// Makes a layer with initial values, as PyTorch does by default; parameters as in ``ConvTranspose2D``.
  ///
  /// - Precondition: sizes are positive, `groups` divides both numbers of channels.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0,
    outputPadding: Int = 0, dilation: Int = 1, groups: Int = 1, hasBias: Bool = true,
    initializer: Initializer = .fanInUniform, using random: inout RandomSource
  ) {
    window = ConvolutionWindow(
      Size2D(1, kernelSize), Size2D(1, stride), Size2D(0, padding), Size2D(1, dilation), groups,
      channels: (inputChannels, outputChannels))
    self.outputPadding = outputPadding
    (weight, bias) = initializer.weightAndBias(
      [inputChannels, outputChannels / groups, kernelSize],
      biasSize: hasBias ? outputChannels : nil, using: &random)
  }

  public func callAsFunction(_ x: Tensor, weight: Tensor, using pass: inout Pass) -> Tensor {
    let y = Tensor.transposedConvolution(
      x.asImages, weight.asImages, bias: bias?.tensor,
      strides: window.stride.dimensions, padding: window.padding.dimensions,
      outputPadding: [0, outputPadding], dilations: window.dilation.dimensions,
      groups: window.groups)
    return y.asSequences
  }
}

extension Tensor {
  /// `[B, C, L]` as `[B, C, 1, L]`.
  var asImages: Tensor {
    guard shape.rank == 3 else { return self }
    return reshaped(to: [shape[0], shape[1], 1, shape[2]])
  }

  /// `[B, C, 1, L]` as `[B, C, L]`.
  var asSequences: Tensor {
    guard shape.rank == 4, shape[2] == 1 else { return self }
    return reshaped(to: [shape[0], shape[1], shape[3]])
  }
}
