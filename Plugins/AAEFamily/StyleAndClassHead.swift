import LatentZoo

/// From features to a style and the logits of the classes, each by a linear layer.
public struct StyleAndClassHead: Module {
  /// `[B, featureSize]` to `[B, styleSize]`
  public let style: Linear
  /// `[B, featureSize]` to `[B, classCount]`
  public let logits: Linear

  init(inputSize: Int, styleSize: Int, classCount: Int, using random: inout RandomSource) {
    style = Linear(inputSize: inputSize, outputSize: styleSize, using: &random)
    logits = Linear(inputSize: inputSize, outputSize: classCount, using: &random)
  }
}
