/// How well a linear classifier tells classes from codes, beside what it makes of simpler features.
public struct ProbeReport: Codable, Hashable, Sendable {
  /// How accuracies were estimated.
  public enum Method: String, Codable, Hashable, Sendable {
    /// Fitted on training codes, judged on test codes.
    case trainToTest = "train-to-test"
    /// Fitted on all folds but one and judged on that one, each in turn.
    case crossValidation = "cross-validation"
  }

  /// How the accuracies were estimated.
  public var method: Method
  /// Number of folds; 1 with a test part.
  public var folds: Int
  /// Number of codes that were classified.
  public var count: Int
  /// Number of codes that each probe was fitted on; the fewest where folds differ.
  public var trainingCount: Int
  /// Share of codes whose class was right, in `[0, 1]`; the mean over folds.
  public var accuracy: Double
  /// Standard deviation of the accuracy over folds; 0 with a test part.
  public var deviation: Double
  /// The same accuracy on other features by name, such as `tf-idf`; empty where none was asked for.
  public var controls: [String: Double]
}
