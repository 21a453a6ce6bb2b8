import ArgumentParser
import Datasets
import Tensors

/// Our side of `compare_steps.py`: makes steps when told to, and says how long they took.
@main struct StepBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step-benchmark",
    abstract: "Times training steps of fixed networks, for compare_steps.py.",
    discussion: """
      Prints a line of JSON once it is ready, then one for each line "run K" it reads: the seconds that K steps took.
      """)

  @Option(name: .customLong("case"), help: "The network; see cases.py.")
  var caseName: String?
  @Option(help: "Only `jit` is known here.")
  var mode = "plan"
  @Option(help: "Number of threads.")
  var threads = Engine.availableProcessors
  @Option(help: "Batches as .npy, [batches, B, ...]; once for each input.")
  var data: [String] = []
  @Flag(help: "Print the measured peak of matrix products and end.")
  var peak = false
  @Option(help: "Make this many steps, print where their time went, and end.")
  var profile: Int?

  func run() throws {
    let engine = try Engine(threadCount: threads)
    if peak {
      print("{\"gflops\": \(try engine.measuredProductPeak() / 1e9)}")
      return
    }
    guard let caseName, let make = BenchmarkCase.all[caseName] else {
      print("{\"ready\": false, \"reason\": \"there is no case \(caseName ?? "")\"}")
      return
    }
    let clock = ContinuousClock()
    let begin = clock.now
    var random = RandomSource(seed: 1)
    let arrays = try data.map { try ArrayFile.read($0) }
    let runner = try CaseRunner(make(&random), on: arrays, engine: engine)
    let first = try runner.run(1)
    let setup = (clock.now - begin).seconds
    if let profile {
      _ = try runner.run(5)
      try printProfile(runner, steps: profile)
      return
    }
    let fiftieth = try runner.run(49)
    report(
      """
      {"ready": true, "library": "LatentZoo, oneDNN \(Engine.oneDNNVersion)", "mode": "\(mode)", \
      "first_loss": \(first), "loss_at_50": \(fiftieth), "setup_seconds": \(setup), \
      "flops_per_step": \(runner.flopCount)}
      """)
    while let line = readLine() {
      guard line.hasPrefix("run "), let count = Int(line.dropFirst(4)), count > 0 else { continue }
      let start = clock.now
      let loss = try runner.run(count)
      let seconds = (clock.now - start).seconds
      report("{\"steps\": \(count), \"seconds\": \(seconds), \"loss\": \(loss)}")
    }
  }

  private func printProfile(_ runner: CaseRunner, steps: Int) throws {
    runner.startProfiling()
    let clock = ContinuousClock()
    let start = clock.now
    _ = try runner.run(steps)
    let milliseconds = (clock.now - start).seconds * 1e3 / Double(steps)
    let peak = try Engine(threadCount: threads).measuredProductPeak() / 1e9
    let rate = runner.flopCount / milliseconds / 1e6
    report(
      "\(rounded(milliseconds)) ms a step, \(rounded(rate)) of \(rounded(peak)) GFLOP/s, "
        + "arena \(runner.arenaByteCount >> 10) KiB")
    for profile in runner.profiles {
      for entry in profile.entries {
        let each = entry.seconds / Double(profile.runCount * profile.workerCount)
        let share = each > 0 ? entry.flopCount / each / 1e9 / peak * 100 : 0
        report(
          "\(pad(rounded(each * 1e6), 9)) us \(pad(rounded(share), 6)) %  \(entry.layer ?? "")  \(entry.label)"
        )
      }
    }
  }

  private func rounded(_ value: Double) -> String {
    value >= 100 ? String(Int(value.rounded())) : String((value * 10).rounded() / 10)
  }

  private func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func report(_ line: String) { Console.print(line) }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
