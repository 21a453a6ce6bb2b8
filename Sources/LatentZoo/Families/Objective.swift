/// What a training step works on, as part of a graph.
public struct Batch {
  /// `[B, ...dataShape]`, in model units.
  public let examples: Tensor
  /// Epochs done so far with their fraction, `[]`: for warm-ups and schedules. Huge in evaluation, when every
  /// warm-up is over.
  public let epoch: Tensor

  /// Makes a batch.
  public init(examples: Tensor, epoch: Tensor) {
    self.examples = examples
    self.epoch = epoch
  }

  /// A weight that rises from 0 to 1 in a straight line over the given epochs, `[]`.
  public func warmUp(epochs: Double) -> Tensor {
    epochs > 0 ? Tensor.minimum(epoch * Tensor(Float(1 / epochs)), 1) : 1
  }
}

/// A loss and what it is made of.
public struct Objective {
  /// What is minimised, `[]`: the mean over the batch.
  public let loss: Tensor
  /// Parts to report by name, each the mean over the batch, `[]`.
  public let terms: [(name: String, value: Tensor)]

  /// Makes an objective of single numbers.
  public init(loss: Tensor, terms: [(name: String, value: Tensor)] = []) {
    self.loss = loss
    self.terms = terms
  }

  /// An objective of reconstruction alone.
  ///
  /// - Parameter reconstruction: the loss of each example, `[B]`.
  public init(reconstruction: Tensor) {
    self.init(loss: reconstruction.mean())
  }

  /// A weighted sum of reconstruction and divergence; both are reported unweighted.
  ///
  /// - Parameters:
  ///   - reconstruction: the loss of each example, `[B]`.
  ///   - divergence: the divergence of each example's code from the prior, `[B]`.
  ///   - weight: the factor of the divergence, `[]`.
  public init(reconstruction: Tensor, divergence: Tensor, weight: Tensor) {
    let (distortion, rate) = (reconstruction.mean(), divergence.mean())
    self.init(
      loss: distortion + weight * rate,
      terms: [("reconstruction", distortion), ("kl", rate)])
  }
}

/// A named loss, the parameters it moves, and how often.
public struct TrainingObjective<Family> {
  /// Name in reports and in the history.
  public let name: String
  /// It runs in every `period`-th step.
  public let period: Int
  let parameters: (Family) -> [Parameter]
  let record: (Family, Batch, inout Pass) -> Objective

  /// Makes an objective.
  ///
  /// - Parameters:
  ///   - name: unique within the family.
  ///   - period: 1 for every step.
  ///   - parameters: what it moves, such as `{ $0.encoder.parameters }`.
  ///   - record: records the loss.
  /// - Precondition: `period` is positive.
  public init(
    _ name: String, every period: Int = 1, moving parameters: @escaping (Family) -> [Parameter],
    minimising record: @escaping (Family, Batch, inout Pass) -> Objective
  ) {
    precondition(period > 0, "an objective runs every step or less often, got \(period)")
    self.name = name
    self.period = period
    self.parameters = parameters
    self.record = record
  }
}
