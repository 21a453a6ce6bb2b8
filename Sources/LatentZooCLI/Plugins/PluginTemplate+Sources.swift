extension PluginTemplate {
  /// A whole family, to be changed.
  var familySource: String {
    """
    import LatentZoo

    /// An autoencoder that restores examples from noisy ones. Say here what the family does, who proposed it, and where it
    /// differs from the paper.
    ///
    /// Minimises `‖x - decode(encode(x + noise))‖²`.
    public struct \(type): ModelFamily {
      /// The settings: what `--set key=value` changes, and what the checkpoint records.
      public struct Configuration: ModelConfiguration {
        /// Number of elements of the code.
        public var latentSize = 16
        /// Standard deviation of the noise that is added in training.
        public var noise = 0.3

        public init() {}

        /// What `latentzoo info \(name)` says of each setting, and which numbers it takes. Add `validate()` for what
        /// concerns several settings at once.
        public static let settings: [SettingDescription] = [
          .init("latentSize", "number of elements of the code", .within(1...1_048_576)),
          .init("noise", "deviation of the noise on the input in training", .atLeast(0)),
        ]
      }

      /// What `latentzoo list --families` and `latentzoo info \(name)` show. Add `paper: Paper(...)` where there is one.
      public static let card = Card(
        identifier: "\(name)", title: "\(title)", summary: "\(summary)")

      public let configuration: Configuration

      // Networks are stored properties; the parameters in them are found, trained and saved under these names.
      /// `[B, ...dataShape]` to the code `[B, latentSize]`
      public let encoder: EncoderNetwork<Linear>
      /// `[B, latentSize]` to `[B, ...dataShape]`: logits
      public let decoder: any Layer

      public var latentSize: Int { configuration.latentSize }

      /// Builds the networks. The backbone, dense or convolutional as the user wishes, makes the body of either network for the
      /// data at hand; what is special to the family is added here.
      public init(
        _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
      ) throws {
        self.configuration = configuration
        let features = backbone.makeEncoder(using: &random)
        let code = Linear(
          inputSize: backbone.featureSize, outputSize: configuration.latentSize, using: &random)
        encoder = EncoderNetwork(features: features, head: code)
        decoder = backbone.makeDecoder(inputSize: configuration.latentSize, using: &random)
      }

      /// The code that stands for an example: `[B, ...dataShape]` to `[B, latentSize]`.
      public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
        encoder.head(encoder.features(x, using: &pass), using: &pass)
      }

      /// Data from codes: `[B, latentSize]` to `[B, ...dataShape]`, in the data's range `[0, 1]`.
      public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
        decoder(z, using: &pass).sigmoid()
      }

      /// What training minimises on a batch. Nothing is computed here: operators are recorded, and gradients follow from them.
      public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
        let x = batch.examples
        let noisy = x + pass.normal(x.shape) * Tensor(Float(configuration.noise))
        let y = reconstruct(noisy, using: &pass)
        return Objective(reconstruction: ReconstructionLoss.squaredError(of: y, target: x))
      }
    }

    """
  }

  /// A whole backbone, to be changed.
  var backboneSource: String {
    """
    import LatentZoo

    /// Networks with one hidden layer whose units are opened and closed by gates: `tanh(a) * sigmoid(b)`. Say here who proposed
    /// the networks, and where they differ from the paper.
    public struct \(type): Backbone {
      /// The settings: what `--set key=value` changes, and what the checkpoint records.
      public struct Configuration: ModelConfiguration {
        /// Number of units of the hidden layer.
        public var hiddenSize = 400

        public init() {}

        /// What `latentzoo info \(name)` says of each setting, and which numbers it takes. Add `validate()` for what
        /// concerns several settings at once.
        public static let settings: [SettingDescription] = [
          .init("hiddenSize", "number of units of the hidden layer", .within(1...1_048_576))
        ]
      }

      /// What `latentzoo list --families` and `latentzoo info \(name)` show. Add `paper: Paper(...)` where there is one.
      public static let card = Card(
        identifier: "\(name)", title: "\(title)", summary: "\(summary)")

      public let configuration: Configuration
      public let data: DataSignature

      /// Throw `ModelError.backboneDoesNotFit` here where the networks cannot work on such data.
      public init(_ configuration: Configuration, for data: DataSignature) throws {
        self.configuration = configuration
        self.data = data
      }

      /// Number of features that the encoder gives for each example.
      public var featureSize: Int { configuration.hiddenSize }

      public func makeEncoder(using random: inout RandomSource) -> any Layer {
        GatedEncoder(
          hidden: GatedLinear(
            inputSize: dataShape.featureCount, outputSize: configuration.hiddenSize, using: &random))
      }

      public func makeDecoder(inputSize: Int, using random: inout RandomSource) -> any Layer {
        GatedDecoder(
          hidden: GatedLinear(
            inputSize: inputSize, outputSize: configuration.hiddenSize, using: &random),
          output: Linear(
            inputSize: configuration.hiddenSize, outputSize: dataShape.featureCount, using: &random),
          dataShape: dataShape)
      }
    }

    /// A layer of one's own, composed of public operators: `[B, inputSize]` to `[B, outputSize]`.
    struct GatedLinear: Layer {
      let value: Linear
      let gate: Linear

      init(inputSize: Int, outputSize: Int, using random: inout RandomSource) {
        value = Linear(inputSize: inputSize, outputSize: outputSize, using: &random)
        gate = Linear(inputSize: inputSize, outputSize: outputSize, using: &random)
      }

      func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
        value(x, using: &pass).tanh() * gate(x, using: &pass).sigmoid()
      }
    }

    /// `[B, ...dataShape]` to `[B, hiddenSize]`
    struct GatedEncoder: Layer {
      let hidden: GatedLinear

      func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
        hidden(x.flattened(), using: &pass)
      }
    }

    /// `[B, inputSize]` to `[B, ...dataShape]`
    struct GatedDecoder: Layer {
      let hidden: GatedLinear
      let output: Linear
      let dataShape: DataShape

      func callAsFunction(_ z: Tensor, using pass: inout Pass) -> Tensor {
        let y = output(hidden(z, using: &pass), using: &pass)
        return y.reshaped(to: dataShape.batched(z.shape[0]))
      }
    }

    """
  }
}
