/// What a source holds: examples to train on and, where it was published with one, a test part.
public struct DataParts: Sendable {
  /// The examples to train on.
  public let train: Dataset
  /// The examples to test on, `nil` where the source has no such part.
  public let test: Dataset?

  /// Puts the parts of a source together.
  ///
  /// - Precondition: both parts hold examples of one shape.
  public init(train: Dataset, test: Dataset? = nil) {
    precondition(
      test.map { $0.shape == train.shape } ?? true,
      "training examples of shape \(train.shape), test examples of shape \(test?.shape ?? train.shape)"
    )
    self.train = train
    self.test = test
  }
}
