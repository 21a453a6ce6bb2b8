/// A named loss, the parameters it moves, and how often.
public struct TrainingObjective<Family> {
  /// Name in reports and in the history.
  public let name: String
  /// It runs in every `period`-th step.
  public let period: Int
  /// The rule that moves the parameters; `nil` for the training's own.
  public let optimizer: OptimizerRule?
  /// What the training's learning rate is multiplied by.
  public let learningRateFactor: Double
  let parameters: (Family) -> [Parameter]
  let record: (Family, Batch, inout Pass) -> Objective

  /// Makes an objective.
  ///
  /// - Parameters:
  ///   - name: unique within the family.
  ///   - period: 1 for every step.
  ///   - parameters: what it moves, such as `{ $0.encoder.parameters }`.
  ///   - optimizer: the rule that moves them; `nil` for the training's own. Each objective has moments of its own in any case.
  ///   - learningRateFactor: what the training's learning rate is multiplied by.
  ///   - record: records the loss.
  /// - Precondition: `period` and `learningRateFactor` are positive.
  public init(
    _ name: String, every period: Int = 1, moving parameters: @escaping (Family) -> [Parameter],
    optimizer: OptimizerRule? = nil, learningRateFactor: Double = 1,
    minimising record: @escaping (Family, Batch, inout Pass) -> Objective
  ) {
    precondition(period > 0, "an objective runs every step or less often, got \(period)")
    precondition(learningRateFactor > 0, "a rate's factor is positive, got \(learningRateFactor)")
    self.name = name
    self.period = period
    self.optimizer = optimizer
    self.learningRateFactor = learningRateFactor
    self.parameters = parameters
    self.record = record
  }
}
