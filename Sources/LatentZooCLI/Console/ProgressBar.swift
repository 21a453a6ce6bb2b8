import LatentZoo

/// Shows how far a training is: one line redrawn on a terminal, otherwise a line for an epoch, at most one a second.
struct ProgressBar {
  private let console: Console
  private let isRedrawn: Bool
  private var lastDrawn = -1.0
  private var lastWidth = 0
  private var lastValidation: [String: Double] = [:]

  /// Least time between two drawings, seconds.
  private static let interval = 0.1
  /// Least time between two plain lines, seconds.
  private static let lineInterval = 1.0
  private static let barWidth = 16

  init(_ console: Console) {
    self.console = console
    isRedrawn = Terminal.messages.isTerminal
  }

  /// Takes note of a step; costs next to nothing between two drawings.
  mutating func update(_ progress: TrainingProgress) {
    guard !console.isQuiet else { return }
    if let completed = progress.completed { lastValidation = completed.validation }
    if isRedrawn {
      let isDue = progress.elapsed - lastDrawn >= Self.interval
      guard isDue || progress.completed?.epoch == progress.epochs else { return }
      lastDrawn = progress.elapsed
      draw(barLine(progress))
    } else if let completed = progress.completed {
      let isDue = progress.elapsed - lastDrawn >= Self.lineInterval
      guard isDue || [1, progress.epochs].contains(completed.epoch) else { return }
      lastDrawn = progress.elapsed
      console.message(Self.line(of: completed, progress))
    }
  }

  /// Leaves the last drawing where it is and goes on below it.
  mutating func finish() {
    guard isRedrawn, lastWidth > 0 else { return }
    write("\n")
    lastWidth = 0
  }

  private mutating func draw(_ line: String) {
    let shown = String(line.prefix(max(Terminal.messages.width - 1, 1)))
    let rest = String(repeating: " ", count: max(0, lastWidth - shown.count))
    lastWidth = shown.count
    write("\r" + shown + rest)
  }

  private func write(_ text: String) {
    do {
      try Terminal.messages.write(text)
    } catch {
      // Nobody looks.
    }
  }

  private func barLine(_ progress: TrainingProgress) -> String {
    let done = Double(progress.step) / Double(max(progress.stepsPerEpoch, 1))
    let filled = min(Int(done * Double(Self.barWidth)), Self.barWidth)
    let bar =
      String(repeating: "█", count: filled)
      + String(repeating: "░", count: Self.barWidth - filled)
    // What matters most comes first: a narrow terminal cuts off the rest.
    let terms = progress.terms.map { "\($0.name) \(NumberText.value($0.value))" }
    var parts = ["epoch \(progress.epoch)/\(progress.epochs) \(bar)"] + terms.prefix(1)
    if let validation = progress.terms.first.flatMap({ lastValidation[$0.name] }) {
      parts.append("validation \(NumberText.value(validation))")
    }
    parts.append("\(NumberText.duration(progress.remaining)) left")
    parts.append("\(NumberText.count(Int(progress.examplesPerSecond))) examples/s")
    return (parts + terms.dropFirst()).joined(separator: "  ")
  }

  private static func line(of record: EpochRecord, _ progress: TrainingProgress) -> String {
    var parts = ["epoch \(record.epoch)/\(progress.epochs)"]
    // In the order in which the family reports them.
    parts += progress.terms.map { "\($0.name) \(NumberText.value($0.value))" }
    let validation = progress.terms.compactMap { term in
      record.validation[term.name].map { "\(term.name) \(NumberText.value($0))" }
    }
    if !validation.isEmpty { parts.append("validation " + validation.joined(separator: " ")) }
    parts.append("\(NumberText.count(Int(progress.examplesPerSecond))) examples/s")
    parts.append(NumberText.duration(record.seconds))
    return parts.joined(separator: "  ")
  }
}
