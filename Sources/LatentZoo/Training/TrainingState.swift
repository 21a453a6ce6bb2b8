/// What a training needs beside its weights, options and history to go on where it was, bit for bit.
///
/// Random numbers have no state of their own: each depends on the seed, its stream and the number of the step.
public struct TrainingState: Codable, Hashable, Sendable {
  /// What it is run on.
  public var data: DataReference
  /// Which examples are held back.
  public var validation: TrainingJob.Validation
  /// Number of training examples whose labels are shown; `nil` for all.
  public var labelLimit: Int?
  /// Least time between two checkpoints, seconds; see ``TrainingJob/checkpointInterval``.
  public var checkpointInterval: Double
  /// Whether the best weights so far are kept as a model of their own.
  public var keepsBest: Bool
  /// Where the steps are; `nil` for a family that is fitted in a way of its own, and then anew.
  public var steps: Steps?

  /// Where a training by steps is.
  public struct Steps: Codable, Hashable, Sendable {
    /// The batch that comes next.
    public var position: BatchPosition
    /// Means over the epoch under way.
    public var averages: TermAverages
    /// Time spent on that epoch, seconds.
    public var epochSeconds: Double
    /// The optimiser of each objective, in order.
    public var optimizers: [OptimizerSteps]
  }

  /// How far an optimiser is; its moments are kept apart.
  public struct OptimizerSteps: Codable, Hashable, Sendable {
    /// Name of its objective.
    public var objective: String
    /// Number of steps it has made.
    public var stepCount: Int
  }
}

extension TrainingState.Steps {
  /// Why steps of such numbers cannot be gone on with, in words; `nil` where they can.
  func fault(completedEpochs: Int) -> String? {
    if position.epoch != completedEpochs || position.batch < 0 {
      return "is at epoch \(position.epoch), batch \(position.batch), "
        + "but \(completedEpochs) epochs are complete"
    }
    if !averages.isConsistent { return "has means that do not fit together" }
    if !(0..<1e12).contains(epochSeconds) { return "has an epoch of \(epochSeconds) seconds" }
    if optimizers.contains(where: { !(0..<Int(Int32.max)).contains($0.stepCount) }) {
      return "counts steps that nobody could make"
    }
    return nil
  }
}
