import LatentZoo

/// Where the time of a training's steps went, as `latentzoo train --profile` reports it.
struct ProfileReport: Encodable {
  struct Kernel: Encodable {
    let operation: String
    let layer: String?
    let microseconds: Double
    /// Of the step's time, all objectives together.
    let share: Double
    /// Of the measured peak of matrix products; `nil` where nothing is multiplied.
    let peakShare: Double?
  }

  struct Objective: Encodable {
    let name: String
    let runs: Int
    let milliseconds: Double
    let gigaflops: Double
    let peakShare: Double
    let arenaBytes: Int
    let kernels: [Kernel]
  }

  let batchSize: Int
  let peakGigaflops: Double
  let peakMemoryBytes: Int
  let objectives: [Objective]

  init(_ profile: TrainingProfile) {
    batchSize = profile.batchSize
    peakGigaflops = profile.productPeak / 1e9
    peakMemoryBytes = profile.peakMemory
    let total = profile.objectives.reduce(0) { $0 + $1.kernels.secondsPerRun }
    objectives = profile.objectives.map { Self.objective($0, total, profile.productPeak) }
  }

  private static func objective(
    _ objective: TrainingProfile.Objective, _ total: Double, _ peak: Double
  ) -> Objective {
    let kernels = objective.kernels
    let seconds = kernels.secondsPerRun
    let flops = kernels.entries.reduce(0) { $0 + $1.flopCount }
    return Objective(
      name: objective.name, runs: kernels.runCount, milliseconds: seconds * 1e3,
      gigaflops: seconds > 0 ? flops / seconds / 1e9 : 0,
      peakShare: seconds > 0 ? flops / seconds / peak : 0, arenaBytes: objective.arenaByteCount,
      kernels: kernels.entries.map { entry in
        let each = kernels.secondsPerRun(entry)
        return Kernel(
          operation: entry.label, layer: entry.layer, microseconds: each * 1e6,
          share: total > 0 ? each / total : 0,
          peakShare: entry.flopCount > 0 && each > 0 ? entry.flopCount / each / peak : nil)
      })
  }

  /// The report for people: the slowest kernels of each objective.
  func text(mostKernels: Int = 25) -> String {
    var lines = [
      "profile of steps of \(NumberText.count(batchSize)) examples; matrix products reach "
        + "\(Self.whole(peakGigaflops)) GFLOP/s here at best, the process held at most "
        + NumberText.bytes(peakMemoryBytes)
    ]
    for objective in objectives {
      lines.append("")
      lines.append(
        "objective \(objective.name): \(NumberText.value(objective.milliseconds)) ms a step over "
          + "\(NumberText.count(objective.runs)) steps, \(Self.whole(objective.gigaflops)) GFLOP/s = "
          + "\(Self.percent(objective.peakShare)) of the peak, "
          + "\(NumberText.bytes(objective.arenaBytes)) between layers")
      lines.append(Self.table(objective, mostKernels).text(indent: 2))
      let rest = objective.kernels.count - mostKernels
      if rest > 0 { lines.append("  and \(rest) shorter ones; --json lists all") }
    }
    return lines.joined(separator: "\n")
  }

  private static func table(_ objective: Objective, _ mostKernels: Int) -> TextTable {
    var table = TextTable([
      .number("us"), .number("share"), .number("of peak"), .text("layer"), .text("operation"),
    ])
    let slowest = objective.kernels.sorted { $0.microseconds > $1.microseconds }
    for kernel in slowest.prefix(mostKernels) {
      table.add([
        whole(kernel.microseconds), percent(kernel.share), kernel.peakShare.map(percent) ?? "",
        kernel.layer ?? "", kernel.operation,
      ])
    }
    return table
  }

  private static func whole(_ value: Double) -> String { NumberText.count(Int(value.rounded())) }
  private static func percent(_ share: Double) -> String {
    "\(Double(Int((share * 1000).rounded())) / 10) %"
  }
}

extension PlanProfile {
  /// Time of one run on one worker, waiting included.
  var secondsPerRun: Double { entries.reduce(0) { $0 + secondsPerRun($1) } }

  /// Time of an entry in one run, the mean of the workers.
  func secondsPerRun(_ entry: Entry) -> Double {
    entry.seconds / Double(max(runCount * workerCount, 1))
  }
}
