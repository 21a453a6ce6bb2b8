/// What can be wrong between a model and what it is given.
public enum ModelError: Error, Hashable, Sendable {
  /// The backbone cannot work on data of that shape.
  case backboneDoesNotFit(backbone: String, data: DataShape, reason: String)
  /// The family cannot train on that data.
  case dataDoesNotFit(family: String, reason: String)
  /// Data of another shape than the model's.
  case wrongDataShape(model: String, expected: DataShape, found: [Int])
  /// Codes of another size than the model's.
  case wrongCodeShape(model: String, expected: Int, found: [Int])
  /// The model has no density to sample from.
  case noDensity(model: String)
}

extension ModelError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .backboneDoesNotFit(let backbone, let data, let reason):
      return "the \(backbone) backbone does not fit data of shape \(data): \(reason)"
    case .dataDoesNotFit(let family, let reason):
      return "\(family) cannot train on this data: \(reason)"
    case .wrongDataShape(let model, let expected, let found):
      return "\(model) takes data of shape \(expected), got \(Shape(found)); "
        + "`latentzoo info \(model)` shows what it was trained on"
    case .wrongCodeShape(let model, let expected, let found):
      return "\(model) decodes codes of shape [N, \(expected)], got \(Shape(found))"
    case .noDensity(let model):
      return "\(model) holds no density of its codes to sample from; train it again to fit one"
    }
  }
}
