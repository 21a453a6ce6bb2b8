/// Where the time of a plan's runs went.
public struct PlanProfile: Sendable {
  /// A kernel, or a barrier, over all runs.
  public struct Entry: Hashable, Sendable {
    /// Operators and shapes, such as `Gemm [128, 784] x [400, 784]+Relu`.
    public let label: String
    /// The layer it works for, where that is known.
    public let layer: String?
    /// Seconds of all workers together.
    public let seconds: Double
    /// Floating-point operations of one run, in products and convolutions.
    public let flopCount: Double
  }

  /// What a run does, in running order of the first worker.
  public let entries: [Entry]
  /// Number of runs measured.
  public let runCount: Int
  /// Number of workers that shared the work.
  public let workerCount: Int
}

extension Plan {
  /// Begins to measure every kernel; each run then takes a little longer.
  public func startProfiling() {
    for worker in workers { worker.startProfiling() }
    profiledRuns = 0
  }

  /// What was measured since ``startProfiling()``; nothing without it.
  public var profile: PlanProfile {
    var entries: [PlanProfile.Entry] = []
    var places: [Int: Int] = [:]
    for worker in workers {
      for (index, nanoseconds) in worker.spent.enumerated() {
        let entry = worker.entries[index]
        let former = places[entry.number].map { entries[$0].seconds } ?? 0
        let made = PlanProfile.Entry(
          label: entry.label, layer: entry.layer,
          seconds: former + Double(nanoseconds) * 1e-9, flopCount: entry.flopCount)
        if let place = places[entry.number] {
          entries[place] = made
        } else {
          places[entry.number] = entries.count
          entries.append(made)
        }
      }
    }
    return PlanProfile(entries: entries, runCount: profiledRuns, workerCount: workers.count)
  }
}
