import LatentZoo

/// The sequence autoencoder: a recurrent network reads a sequence into a code, another writes it anew (Dai and Le 2015,
/// https://arxiv.org/abs/1511.01432).
///
/// For tokens it minimises `-Σ log p(token | code, tokens before)`, for series of numbers the squared error of each step given
/// the code and the steps before (teacher forcing). Differs from the paper: a linear map makes the code of the encoder's features
/// and the decoder's first state of the code, so that codes may be small.
public struct SequenceAutoencoder: ModelFamily {
  /// The settings of a sequence autoencoder.
  public struct Configuration: ModelConfiguration {
    /// Number of elements of the code.
    public var latentSize = 64
    /// Probability of hiding the step before from the decoder in training, so that it relies on the code.
    public var inputDropout = 0.0
    /// How a decoder that writes by itself chooses tokens.
    public var decoding = Decoding.greedy
    /// Of `decoding=sampled`; below 1 likely tokens are likelier still.
    public var temperature = 1.0

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("latentSize", "number of elements of the code", .within(1...1_048_576)),
      .init(
        "inputDropout", "probability of hiding the step before from the decoder", .within(0...1)),
      .init("decoding", "how a decoder that writes by itself chooses tokens"),
      .init(
        "temperature", "of decoding=sampled: below 1 likely tokens are likelier still", .above(0)),
    ]
  }

  /// How tokens are chosen.
  public enum Decoding: String, Choice {
    /// The likeliest.
    case greedy
    /// Drawn from the distribution, sharpened or flattened by the temperature.
    case sampled
  }

  public static let card = Card(
    identifier: "seq-ae", title: "Sequence autoencoder",
    summary: "reads sentences or series into a code and writes them anew",
    paper: Paper(
      authors: "Dai and Le", year: 2015, title: "Semi-supervised sequence learning",
      url: "https://arxiv.org/abs/1511.01432"))
  public static let defaultBackbone = "recurrent"
  public static let takesTokens = true

  public let configuration: Configuration
  /// `[B, ...dataShape]` to the code `[B, latentSize]`
  public let encoder: EncoderNetwork<Linear>
  /// `[B, latentSize]` to sequences
  public let decoder: SequenceDecoder
  private let data: DataSignature

  public var latentSize: Int { configuration.latentSize }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    let sequences = try backbone.forSequences(of: Self.card.identifier)
    self.configuration = configuration
    data = backbone.data
    let features = backbone.makeEncoder(using: &random)
    let code = Linear(
      inputSize: backbone.featureSize, outputSize: configuration.latentSize, using: &random)
    encoder = EncoderNetwork(features: features, head: code)
    decoder = sequences.makeSequenceDecoder(
      codeSize: configuration.latentSize,
      inputDropout: StepDropout(rate: configuration.inputDropout), using: &random)
  }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    encoder.head(encoder.features(x, using: &pass), using: &pass)
  }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    let choice =
      configuration.decoding == .greedy
      ? TokenChoice.greedy : .sampled(temperature: configuration.temperature)
    let steps = decoder.generate(
      from: z, stepCount: data.shape.dimensions[0], choosing: choice, using: &pass)
    return data.examples(of: steps)
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let x = data.steps(of: batch.examples)
    let z = encode(batch.examples, using: &pass)
    let predictions = decoder.predictions(of: x, from: z, using: &pass)
    guard data.isTokens else {
      return Objective(reconstruction: ReconstructionLoss.squaredError(of: predictions, target: x))
    }
    return Objective(tokens: x, logits: predictions)
  }

  public func measures(
    of batch: Batch, using pass: inout Pass
  ) -> [(name: String, value: Tensor)] {
    let x = batch.examples
    let y = reconstruct(x, using: &pass)
    guard data.isTokens else {
      return [("squaredError", (y - x).squared().summedPerExample().mean())]
    }
    return [("tokenError", y.tokenError(against: x))]
  }
}
