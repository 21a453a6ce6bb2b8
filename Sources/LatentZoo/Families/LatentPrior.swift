/// Where codes come from when a model samples.
public enum LatentPrior: String, Codable, Hashable, Sendable {
  /// The standard normal distribution the family was trained towards.
  case standardNormal
  /// A mixture of normal distributions fitted on the codes of the training data.
  case fitted
}
