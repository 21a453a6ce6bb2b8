/// What a checkpoint says about its model, arranged for people who have not met it: a model card.
///
/// Everything comes from the file's own record; the family need not be installed.
///
///     let card = ModelCard(try Checkpoint.readContents(at: path), registry: registry)
///     print(card.markdown)
public struct ModelCard: Codable, Hashable, Sendable {
  /// Types to register in Swift before the model can be opened, such as `VAEFamily.VariationalAutoencoder`.
  public struct SwiftTypes: Codable, Hashable, Sendable {
    /// The family's type behind its module.
    public let family: String
    /// The backbone's type behind its module.
    public let backbone: String
  }

  /// A picture that the card shows.
  public struct Illustration: Codable, Hashable, Sendable {
    /// What it shows.
    public let title: String
    /// The picture's file, relative to the card.
    public let file: String

    /// Refers to a picture.
    public init(title: String, file: String) {
      self.title = title
      self.file = file
    }
  }

  /// What the card tells machines.
  public let metadata: CardMetadata
  /// What is known about the model.
  public let record: ModelRecord
  /// The card of its family, where that is installed.
  public let family: Card?
  /// What a Swift program registers, where family and backbone are installed.
  public let swiftTypes: SwiftTypes?
  /// Its networks, layer by layer.
  public let layers: [LayerSummary]
  /// Its networks as any tool can run them, by name.
  public let functions: [FunctionSummary]
  /// The course of its training.
  public let history: TrainingHistory
  /// Whether a density of the training codes is kept.
  public let hasDensity: Bool
  /// Size of the checkpoint, bytes.
  public let fileSize: Int
  /// The digest that stands for the whole checkpoint, 64 hexadecimal digits.
  public let sha256: String
  /// What the model cannot do or was not held to, as far as the record tells.
  public let limitations: [String]
  /// Pictures to show; none unless they were put beside the card.
  public var illustrations: [Illustration] = []

  /// Arranges what a checkpoint says.
  ///
  /// - Parameters:
  ///   - contents: what the checkpoint says of the model.
  ///   - registry: asked for title and paper of the family.
  public init(_ contents: CheckpointContents, registry: Registry) {
    let specification = contents.record.specification
    let family = registry.families.first { $0.identifier == specification.family }?.entry.type
    let backbone = registry.backbones.first { $0.identifier == specification.backbone }?.entry.type
    metadata = CardMetadata(of: contents.record)
    record = contents.record
    self.family = family?.card
    if let family, let backbone {
      swiftTypes = SwiftTypes(
        family: String(reflecting: family), backbone: String(reflecting: backbone))
    } else {
      swiftTypes = nil
    }
    layers = LayerSummary.layers(of: contents.tensors)
    functions = (contents.graph?.functions ?? [:]).sorted { $0.key < $1.key }
      .map { FunctionSummary($0.key, $0.value) }
    history = contents.history
    hasDensity = contents.hasDensity
    fileSize = contents.fileSize
    sha256 = contents.sha256
    limitations = Self.limitations(of: contents, isFamilyKnown: family != nil)
  }

  /// Whether codes can be turned back into data.
  var hasDecoder: Bool { functions.contains { $0.name == ModelGraph.decoder } }
}
