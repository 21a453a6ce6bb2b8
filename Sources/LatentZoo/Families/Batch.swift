/// What a training step works on, as part of a graph.
///
/// What it holds beside the examples is what the family asked for by ``ModelFamily/batchContents``.
public struct Batch {
  /// `[B, ...dataShape]`, in model units.
  public let examples: Tensor
  /// Epochs done so far with their fraction, `[]`: for warm-ups and schedules. Huge in evaluation, when every
  /// warm-up is over.
  public let epoch: Tensor
  /// The class of each example, `[B]`, whole numbers; -1 where it is not known. `nil` where it was not asked for.
  let knownLabels: Tensor?
  private let neighbours: (previous: Tensor, next: Tensor)?
  private let labelledExamples: (examples: Tensor, labels: Tensor)?

  /// Makes a batch.
  ///
  /// - Parameters:
  ///   - examples: `[B, ...dataShape]`, in model units.
  ///   - epoch: epochs done so far with their fraction, `[]`.
  ///   - labels: `[B]`
  ///   - neighbours: the examples before and after each, of the shape of `examples`.
  ///   - labelled: examples with known classes.
  public init(
    examples: Tensor, epoch: Tensor, labels: Tensor? = nil,
    neighbours: (previous: Tensor, next: Tensor)? = nil,
    labelled: (examples: Tensor, labels: Tensor)? = nil
  ) {
    self.examples = examples
    self.epoch = epoch
    knownLabels = labels
    self.neighbours = neighbours
    labelledExamples = labelled
  }

  /// The class of each example, `[B]`, whole numbers; -1 where it is not known.
  ///
  /// - Precondition: the family asked for `BatchContents.labels`.
  public var labels: Tensor { asked(knownLabels, for: "labels") }

  /// The example before each in its document, of the shape of ``examples``.
  ///
  /// - Precondition: the family asked for `BatchContents.neighbours`.
  public var previous: Tensor { asked(neighbours, for: "neighbours").previous }

  /// The example after each in its document, of the shape of ``examples``.
  ///
  /// - Precondition: the family asked for `BatchContents.neighbours`.
  public var next: Tensor { asked(neighbours, for: "neighbours").next }

  /// As many examples again, all of known class: examples of the shape of ``examples`` and labels `[B]`.
  ///
  /// - Precondition: the family asked for `BatchContents.labelledExamples`.
  public var labelled: (examples: Tensor, labels: Tensor) {
    asked(labelledExamples, for: "labelledExamples")
  }

  /// The same batch with other examples in the place of its own, such as damaged ones.
  ///
  /// - Parameter examples: of the shape of ``examples``.
  public func replacingExamples(by examples: Tensor) -> Batch {
    Batch(
      examples: examples, epoch: epoch, labels: knownLabels, neighbours: neighbours,
      labelled: labelledExamples)
  }

  private func asked<Value>(_ value: Value?, for name: String) -> Value {
    guard let value else {
      preconditionFailure("the batch has no \(name): list .\(name) in batchContents")
    }
    return value
  }

  /// A weight that rises from 0 to 1 in a straight line over the given epochs, `[]`.
  public func warmUp(epochs: Double) -> Tensor {
    epochs > 0 ? Tensor.minimum(epoch * Tensor(Float(1 / epochs)), 1) : 1
  }
}
