/// What can be wrong between a model and what it is given.
public enum ModelError: Error, Hashable, Sendable {
  /// The backbone cannot work on data of that shape.
  case backboneDoesNotFit(backbone: String, data: DataShape, reason: String)
  /// The family goes through sequences step by step, and the backbone does not.
  case familyNeedsSequences(family: String, backbone: String)
  /// The family has no networks that could be made of anything.
  case backboneNotUsed(family: String, backbone: String)
  /// The family cannot train on that data.
  case dataDoesNotFit(family: String, reason: String)
  /// Data of another shape than the model's.
  case wrongDataShape(model: String, expected: DataShape, found: [Int])
  /// Codes of another size than the model's.
  case wrongCodeShape(model: String, expected: Int, found: [Int])
  /// An example, or a code, holds NaN or infinity.
  case notFinite(model: String, what: String, row: Int)
  /// Data that a kind of damage cannot be done to.
  case cannotCorrupt(by: Corruption.Kind, data: DataSignature)
  /// The networks would not fit in memory.
  case tooLarge(parameters: Int, bytes: Int, available: Int)
  /// The model is conditional, and the examples come without their classes.
  case labelsMissing(model: String)
  /// A class that the model does not know.
  case unknownLabel(model: String, found: String, known: [String])
  /// The model is not conditional.
  case notConditional(model: String)
  /// The family says nothing of the density of data.
  case noLikelihood(model: String, family: String)
  /// The model has no density to sample from.
  case noDensity(model: String)
  /// The prior has no codes of that size.
  case priorDoesNotFit(prior: String, size: Int, reason: String)
  /// The model does not work on words.
  case noVocabulary(model: String)
  /// The model only encodes.
  case noDecoder(model: String)
  /// The model's graph has no function of that name.
  case noFunction(model: String, name: String, known: [String])
  /// A function of the model's graph takes other inputs than those given.
  case functionNeeds(model: String, name: String, inputs: [String])
  /// Something wants the family itself, and only the graph of its networks is at hand.
  case familyNotInstalled(model: String, family: String, plugins: [PluginReference])
}

extension ModelError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .backboneDoesNotFit(let backbone, let data, let reason):
      return "the \(backbone) backbone does not fit data of shape \(data): \(reason)"
    case .familyNeedsSequences(let family, let backbone):
      return
        "\(family) reads sequences step by step, which the \(backbone) backbone does not offer; "
        + "use the recurrent one"
    case .backboneNotUsed(let family, let backbone):
      return "\(family) has no networks to be made of \(backbone): leave --backbone out"
    case .dataDoesNotFit(let family, let reason):
      return "\(family) cannot train on this data: \(reason)"
    case .wrongDataShape(let model, let expected, let found):
      return
        "\(model) takes data of shape \(expected), got \(found.map(String.init).joined(separator: "×")); "
        + "`latentzoo info \(model)` shows what it was trained on"
    case .wrongCodeShape(let model, let expected, let found):
      return "\(model) decodes codes of shape [N, \(expected)], got \(Shape(found))"
    case .notFinite(let model, let what, let row):
      return "\(what) \(row) for \(model) holds a number that is not finite: remove or replace it"
    case .cannotCorrupt(let kind, let data):
      guard !data.isTokens else {
        return "\(kind.rawValue) damages numbers, and the data is tokens; choose numeric data"
      }
      return "\(kind.rawValue) needs images, and examples are \(data.shape); choose masking"
    case .tooLarge(let parameters, let bytes, let available):
      return "the networks would have \(parameters) parameters, which take \(bytes >> 20) MiB to "
        + "train; this machine has \(available >> 20) MiB, use smaller layers"
    case .labelsMissing(let model):
      return "\(model) needs the class of each example: give data with labels"
    case .unknownLabel(let model, let found, let known):
      return "\(model) knows no class \"\(found)\": there are \(known.joined(separator: ", "))"
    case .notConditional(let model):
      return "\(model) is not conditional and cannot sample by label: leave --label out"
    case .noLikelihood(let model, let family):
      return "\(model) is a model of the family \(family), which gives data no likelihood: "
        + "leave --importance-samples out"
    case .noDensity(let model):
      return "\(model) holds no density of its codes to sample from; train it again to fit one"
    case .priorDoesNotFit(let prior, let size, let reason):
      return "the \(prior) prior does not fit codes of \(size) elements: \(reason)"
    case .noVocabulary(let model):
      return "\(model) does not work on words: give it an example of its data instead of a text"
    case .noDecoder(let model):
      return "\(model) makes codes and cannot turn them back into data; `latentzoo encode` uses it"
    case .noFunction(let model, let name, let known):
      return "\(model) has no function \"\(name)\"; it has \(known.joined(separator: ", "))"
    case .functionNeeds(let model, let name, let inputs):
      return "\(name) of \(model) takes \(inputs.joined(separator: " and ")), and nothing else"
    case .familyNotInstalled(let model, let family, let plugins):
      return
        "\(model) is of the family \(family), which is not installed: its graph encodes, decodes and "
        + "samples, all else needs \(PluginReference.need(plugins, for: family))"
    }
  }
}
