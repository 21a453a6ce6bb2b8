/// When a training under way is saved.
struct SavingPace {
  /// Least time between two saves, seconds; 0 saves after every epoch.
  let interval: Double
  /// Saves so far.
  private(set) var count = 0
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant
  /// What the last save took, seconds.
  private var cost = 0.0

  /// Most of the time that may go into saves, unless every epoch is to be saved.
  private static let greatestShare = 0.02

  init(interval: Double) {
    self.interval = interval
    last = clock.now
  }

  /// Whether now is a time to save.
  func isDue(_ progress: TrainingProgress) -> Bool {
    guard interval > 0 else { return progress.completed != nil }
    return (clock.now - last).seconds >= max(interval, cost / Self.greatestShare)
  }

  /// Saves, and takes note of what that took.
  mutating func saving(_ save: () throws -> Void) rethrows {
    let start = clock.now
    try save()
    last = clock.now
    cost = (last - start).seconds
    count += 1
  }
}
