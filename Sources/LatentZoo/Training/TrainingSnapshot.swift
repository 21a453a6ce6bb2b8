/// A training at a moment: what a checkpoint keeps beside the model so that it can go on.
struct TrainingSnapshot {
  /// How it was asked for, and where its steps are.
  let state: TrainingState
  /// The moments of each objective's optimiser, as they are.
  let moments: [[Parameter]]
}
