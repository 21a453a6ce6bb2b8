public import Tensors

/// Convolution of images: `y = weight ⋆ x + bias`, a cross-correlation as in PyTorch.
///
/// Shape: `[B, inputChannels, H, W]` to `[B, outputChannels, H', W']` with
/// `H' = (H + 2 · padding - dilation · (kernelSize - 1) - 1) / stride + 1`, rounded down. `weight` is
/// `[outputChannels, inputChannels / groups, kH, kW]`, `bias` `[outputChannels]`.
public struct Conv2D: WeightedLayer {
  /// `[outputChannels, inputChannels / groups, kH, kW]`
  public let weight: Parameter
  /// `[outputChannels]`
  public let bias: Parameter?
  /// How the window moves.
  public let window: ConvolutionWindow

  /// Makes a layer with initial values, as PyTorch does by default.
  ///
  /// - Parameters:
  ///   - inputChannels: number of channels that come in.
  ///   - outputChannels: number of channels that go out.
  ///   - kernelSize: height and width of the window.
  ///   - stride: from one window to the next.
  ///   - padding: zeros on each side.
  ///   - dilation: distance between neighbours in the window.
  ///   - groups: channels are convolved in that many groups by themselves.
  ///   - hasBias: whether a bias is added to each output.
  ///   - initializer: draws the weights.
  ///   - random: draws the initial values.
  /// - Precondition: sizes are positive, `groups` divides both numbers of channels.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Size2D, stride: Size2D = 1,
    padding: Size2D = 0, dilation: Size2D = 1, groups: Int = 1, hasBias: Bool = true,
    initializer: Initializer = .fanInUniform, using random: inout RandomSource
  ) {
    window = ConvolutionWindow(
      kernelSize, stride, padding, dilation, groups, channels: (inputChannels, outputChannels))
    let shape: Shape = [
      outputChannels, inputChannels / groups, kernelSize.height, kernelSize.width,
    ]
    (weight, bias) = initializer.weightAndBias(
      shape, biasSize: hasBias ? outputChannels : nil, using: &random)
  }

  public func callAsFunction(_ x: Tensor, weight: Tensor, using pass: inout Pass) -> Tensor {
    .convolution(
      x, weight, bias: bias?.tensor, strides: window.stride.dimensions,
      padding: window.padding.dimensions, dilations: window.dilation.dimensions,
      groups: window.groups)
  }
}

/// Transposed convolution of images, which enlarges them: the gradient of ``Conv2D`` by its input.
///
/// Shape: `[B, inputChannels, H, W]` to `[B, outputChannels, H', W']` with
/// `H' = (H - 1) · stride - 2 · padding + dilation · (kernelSize - 1) + outputPadding + 1`. `weight` is
/// `[inputChannels, outputChannels / groups, kH, kW]`, `bias` `[outputChannels]`.
public struct ConvTranspose2D: WeightedLayer {
  /// `[inputChannels, outputChannels / groups, kH, kW]`
  public let weight: Parameter
  /// `[outputChannels]`
  public let bias: Parameter?
  /// How the window moves.
  public let window: ConvolutionWindow
  /// Rows and columns added at the end.
  public let outputPadding: Size2D
  public var outputAxis: Int { 1 }

  /// Makes a layer with initial values, as PyTorch does by default.
  ///
  /// - Parameters:
  ///   - inputChannels: number of channels that come in.
  ///   - outputChannels: number of channels that go out.
  ///   - kernelSize: height and width of the window.
  ///   - stride: from one window to the next, in the larger image.
  ///   - padding: what a convolution of the same form would have padded: taken off here.
  ///   - outputPadding: rows and columns added at the end, less than stride or dilation.
  ///   - dilation: distance between neighbours in the window.
  ///   - groups: channels are convolved in that many groups by themselves.
  ///   - hasBias: whether a bias is added to each output.
  ///   - initializer: draws the weights.
  ///   - random: draws the initial values.
  /// - Precondition: sizes are positive, `groups` divides both numbers of channels.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Size2D, stride: Size2D = 1,
    padding: Size2D = 0, outputPadding: Size2D = 0, dilation: Size2D = 1, groups: Int = 1,
    hasBias: Bool = true, initializer: Initializer = .fanInUniform,
    using random: inout RandomSource
  ) {
    window = ConvolutionWindow(
      kernelSize, stride, padding, dilation, groups, channels: (inputChannels, outputChannels))
    self.outputPadding = outputPadding
    let shape: Shape = [
      inputChannels, outputChannels / groups, kernelSize.height, kernelSize.width,
    ]
    (weight, bias) = initializer.weightAndBias(
      shape, biasSize: hasBias ? outputChannels : nil, using: &random)
  }

  public func callAsFunction(_ x: Tensor, weight: Tensor, using pass: inout Pass) -> Tensor {
    .transposedConvolution(
      x, weight, bias: bias?.tensor, strides: window.stride.dimensions,
      padding: window.padding.dimensions, outputPadding: outputPadding.dimensions,
      dilations: window.dilation.dimensions, groups: window.groups)
  }
}

/// How a convolution's window moves over an image.
public struct ConvolutionWindow: Hashable, Sendable {
  /// From one window to the next.
  public let stride: Size2D
  /// Zeros on each side.
  public let padding: Size2D
  /// Distance between neighbours in the window.
  public let dilation: Size2D
  /// Number of groups of channels that are convolved by themselves.
  public let groups: Int

  init(
    _ kernelSize: Size2D, _ stride: Size2D, _ padding: Size2D, _ dilation: Size2D, _ groups: Int,
    channels: (input: Int, output: Int)
  ) {
    precondition(
      channels.input > 0 && channels.output > 0,
      "a convolution needs channels, got \(channels.input) to \(channels.output)")
    precondition(
      groups > 0 && channels.input.isMultiple(of: groups) && channels.output.isMultiple(of: groups),
      "\(groups) groups do not divide \(channels.input) and \(channels.output) channels")
    precondition(
      (kernelSize.dimensions + stride.dimensions + dilation.dimensions).allSatisfy { $0 > 0 }
        && padding.dimensions.allSatisfy { $0 >= 0 },
      "window, stride and dilation are positive, padding is not negative")
    (self.stride, self.padding, self.dilation) = (stride, padding, dilation)
    self.groups = groups
  }
}

extension Initializer {
  /// Weights that start this way, and biases as PyTorch starts them beside such weights.
  func weightAndBias(
    _ shape: Shape, biasSize: Int?, using random: inout RandomSource
  ) -> (weight: Parameter, bias: Parameter?) {
    let weight = parameter(shape, using: &random)
    let fanIn = shape.dimensions.dropFirst().reduce(1, *)
    let ofBias: Initializer =
      self == .fanInUniform ? .uniform(1 / Double(max(fanIn, 1)).squareRoot()) : .zeros
    return (weight, biasSize.map { ofBias.parameter([$0], using: &random) })
  }
}
