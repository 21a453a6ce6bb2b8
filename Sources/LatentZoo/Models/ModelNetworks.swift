/// Where a model's networks come from.
public enum ModelNetworks {
  /// A family that is installed: it can be trained and measured too.
  case family(any ModelFamily)
  /// The graph of a checkpoint, where its family is not installed.
  case graph(GraphNetworks)

  /// Every weight with its path, in the order of the networks.
  public var namedParameters: [(path: String, parameter: Parameter)] {
    switch self {
    case .family(let family): family.namedParameters
    case .graph(let networks): networks.namedParameters
    }
  }

  /// Whether codes can be turned back into data.
  public var hasDecoder: Bool {
    switch self {
    case .family(let family): !(family is any EncoderOnlyFamily)
    case .graph(let networks): networks.hasDecoder
    }
  }

  /// Whether examples can be encoded with their classes, and whether they must be.
  var labels: LabelUse {
    switch self {
    case .family(let family):
      guard let family = family as? any ConditionalModelFamily else { return .ignored }
      return family.predictsLabels ? .optional : .needed
    case .graph(let networks):
      return networks.needsLabels ? .needed : networks.takesLabels ? .optional : .ignored
    }
  }

  enum LabelUse { case ignored, optional, needed }
}
