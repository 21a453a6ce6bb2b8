/// What networks are made of: builds an encoder from data to features and a decoder back to data.
///
/// A family adds its own heads and losses, and works with any backbone that fits its data.
public protocol Backbone: SendableMetatype {
  /// The settings that a user may change, with their defaults.
  associatedtype Configuration: ModelConfiguration
  /// What the registry shows.
  static var card: Card { get }
  /// The settings, as the checkpoint records them.
  var configuration: Configuration { get }
  /// What the networks work on.
  var data: DataSignature { get }
  /// Number of features the encoder gives for each example.
  var featureSize: Int { get }

  /// Prepares for data of one kind.
  ///
  /// - Throws: ``ModelError/backboneDoesNotFit(backbone:data:reason:)``.
  init(_ configuration: Configuration, for data: DataSignature) throws

  /// Makes the network from data `[B, ...dataShape]` to features `[B, featureSize]`.
  func makeEncoder(using random: inout RandomSource) -> any Layer

  /// Makes the network from `[B, inputSize]` to data `[B, ...dataShape]`, without a final activation.
  func makeDecoder(inputSize: Int, using random: inout RandomSource) -> any Layer
}

extension Backbone {
  /// Shape of one example.
  public var dataShape: DataShape { data.shape }

  /// Makes the network from `[B, inputSize]` to several numbers for each element of the data, such as a mean and a
  /// variance: `[B, outputCount · C, ...]` for data `[B, C, ...]`.
  ///
  /// - Throws: ``ModelError/backboneDoesNotFit(backbone:data:reason:)``.
  /// - Precondition: `outputCount` is positive.
  public func makeDecoder(
    inputSize: Int, outputCount: Int, using random: inout RandomSource
  ) throws -> any Layer {
    precondition(outputCount > 0, "\(outputCount) numbers for each element")
    guard outputCount > 1 else { return makeDecoder(inputSize: inputSize, using: &random) }
    let dimensions = [outputCount * dataShape.dimensions[0]] + dataShape.dimensions.dropFirst()
    let widened = DataSignature(
      DataShape(dimensions), classCount: data.classCount, vocabularySize: data.vocabularySize)
    return try Self(configuration, for: widened).makeDecoder(inputSize: inputSize, using: &random)
  }
}
