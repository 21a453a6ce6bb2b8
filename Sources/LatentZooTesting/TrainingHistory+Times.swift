package import LatentZoo

extension TrainingHistory {
  /// The same without how long it took.
  package var withoutTimes: TrainingHistory {
    var history = self
    for index in epochs.indices { history.epochs[index].seconds = 0 }
    return history
  }
}
