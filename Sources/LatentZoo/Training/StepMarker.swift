/// Where the steps of a training begin and where they are: the thread between a trainer and whoever saves what it does.
///
/// A family with a way of its own to be fitted takes no steps and leaves it as it is.
final class StepMarker {
  /// What a checkpoint knows about the steps before.
  struct Start {
    /// Where they ended.
    let steps: TrainingState.Steps
    /// The moments of each objective's optimiser by name.
    let moments: [[String: NDArray]]
    /// The epochs that are complete.
    let epochs: [EpochRecord]
  }

  /// Where to go on; `nil` for the beginning.
  private(set) var start: Start?
  /// Where the steps are; `nil` before the first.
  var steps: TrainingState.Steps?
  /// The moments of each objective's optimiser: the next step changes them.
  var moments: [[Parameter]] = []

  init(startingAt start: Start?) {
    self.start = start
    steps = start?.steps
  }

  /// Hands out where to go on, once: moments can be as large as the weights, twice.
  func takeStart() -> Start? {
    defer { start = nil }
    return start
  }
}
