import Foundation
import LatentZoo
import TestSupport
import Testing

/// A small model of some kind, trained for an epoch, that other programs are to run as well.
struct ExchangeCase: Sendable, CustomStringConvertible {
  /// What a model is trained on.
  enum Examples: String, Sendable {
    case digits, series, vectors, sentences, singleSentences
  }

  let family: String
  let backbone: String?
  let settings: [String]
  let examples: Examples

  init(
    _ family: String, _ backbone: String? = nil, _ settings: [String] = [],
    on examples: Examples = .digits
  ) {
    self.family = family
    self.backbone = backbone
    self.settings = settings
    self.examples = examples
  }

  var description: String { ([family, backbone ?? ""] + settings).joined(separator: " ") }

  /// The number of examples it is tried on.
  static let count = 7

  /// Every family and backbone, and every setting that changes the operators.
  static let all: [ExchangeCase] = dense + images + linear + recurrent

  private static let small = ["hiddenSizes=[12]", "latentSize=3"]

  private static let dense =
    [
      "relu", "leakyRelu", "elu", "selu", "gelu", "silu", "softplus", "tanh", "sigmoid", "identity",
    ].map { ExchangeCase("ae", "dense", small + ["activation=\($0)"]) } + [
      ExchangeCase("ae", "dense", small + ["tiedWeights=true", "codeActivation=sigmoid"]),
      ExchangeCase("vae", "dense", small),
      ExchangeCase(
        "vae", "dense", small + ["likelihood=gaussian", "variance=perElement"]),
      ExchangeCase("sigma-vae", "dense", small),
      ExchangeCase("cvae", "dense", ["hiddenSizes=[12]", "styleSize=3"]),
      ExchangeCase("cvae", "dense", ["hiddenSizes=[12]", "styleSize=3", "predictsLabels=true"]),
      ExchangeCase("aae", "dense", small + ["discriminatorSizes=[8]"]),
      ExchangeCase(
        "aae", "dense", small + ["discriminatorSizes=[8]", "prior=uniform", "posterior=gaussian"]),
      ExchangeCase("aae-mixture", "dense", ["hiddenSizes=[12]", "discriminatorSizes=[8]"]),
      ExchangeCase("aae-swiss-roll", "dense", ["hiddenSizes=[12]", "discriminatorSizes=[8]"]),
      ExchangeCase(
        "aae-semi-supervised", "dense",
        ["hiddenSizes=[12]", "styleSize=2", "discriminatorSizes=[8]"]),
    ]

  private static let images: [ExchangeCase] =
    ["none", "batch", "group"].flatMap { normalization in
      ["conv", "residual"].map { backbone in
        ExchangeCase(
          "ae", backbone, ["latentSize=3", "channels=[4,6]", "normalization=\(normalization)"])
      }
    } + [
      ExchangeCase("conv-vae", nil, ["latentSize=3", "channels=[4,6]", "kernelSize=4"]),
      ExchangeCase("ae", "conv", ["code=spatial", "codeChannels=2", "channels=[4]"]),
      ExchangeCase("ae", "residual", ["code=spatial", "codeChannels=2", "channels=[4]"]),
      ExchangeCase("cvae", "conv", ["styleSize=3", "channels=[4]", "activation=gelu"]),
      ExchangeCase("aae", "residual", ["latentSize=3", "channels=[4]", "discriminatorSizes=[8]"]),
    ]

  private static let linear = [
    ExchangeCase("pca", nil, ["latentSize=3"]),
    ExchangeCase("pca", nil, ["latentSize=3", "whitens=true"]),
    ExchangeCase("factor-analysis", nil, ["latentSize=3"]),
    ExchangeCase("ae", "linear", ["latentSize=3"]),
    ExchangeCase(
      "ae", "dense", small + ["loss=squaredError", "outputActivation=identity"], on: .vectors),
  ]

  private static let sizes = ["hiddenSize=8", "decoderSize=10"]

  private static let recurrent = [
    ExchangeCase("seq-ae", nil, sizes + ["latentSize=3"], on: .sentences),
    ExchangeCase(
      "seq-ae", nil, sizes + ["latentSize=3", "cell=lstm", "layerCount=2"], on: .sentences),
    ExchangeCase(
      "seq-ae", nil,
      sizes + ["latentSize=3", "cell=layerNormGRU", "direction=bi", "readsCodeAtEveryStep=true"],
      on: .sentences),
    ExchangeCase(
      "seq-ae", nil, sizes + ["latentSize=3", "cell=lstm", "pooling=[\"mean\"]"], on: .series),
    ExchangeCase(
      "ae", "recurrent",
      sizes + [
        "latentSize=3", "loss=squaredError", "outputActivation=identity", "layerCount=2",
        "direction=bi",
      ], on: .series),
    ExchangeCase("skip-thought", nil, sizes + ["embeddingSize=7"], on: .sentences),
    ExchangeCase(
      "skip-thought", nil, sizes + ["direction=combine", "pooling=[\"max\",\"last\"]"],
      on: .sentences),
    ExchangeCase("quick-thought", nil, sizes + ["direction=bi"], on: .singleSentences),
  ]

  /// The data.
  func dataset() throws -> Dataset {
    switch examples {
    case .digits: try FamilyTests.digits()
    case .series: SequenceFamilyTests.waves([7, 2])
    case .vectors: SequenceFamilyTests.waves([9])
    case .sentences: try SequenceFamilyTests.books()
    case .singleSentences: try SequenceFamilyTests.books(1)
    }
  }

  /// Trains the model for an epoch.
  func model(on data: Dataset, registry: Registry) throws -> Model {
    var job = TrainingJob(family: family)
    job.backbone = backbone
    job.settings = try settings.map { try Setting(parsing: $0) }
    job.validation = .none
    (job.options.epochs, job.options.batchSize) = (1, 10)
    return try job.prepared(on: DataParts(train: data), registry: registry).run().model
  }
}
