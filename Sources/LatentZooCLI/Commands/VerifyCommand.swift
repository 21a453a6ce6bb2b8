import ArgumentParser
import LatentZoo

/// `latentzoo verify`: whether checkpoints are whole and unchanged.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that models are whole and unchanged, and tell what their files hold.",
    discussion: """
      NAME is a model in the zoo or a checkpoint file. No family needs to be
      installed. A quick look leaves out the values of weights and training state;
      --full reads every byte. The exit status is 1 when anything is wrong.

      EXAMPLES:
        latentzoo verify vae-digits
        latentzoo verify --full checkpoints/*.h5
        latentzoo verify --full --json ./shared/model.h5
      """)

  @Argument(help: "Models or files.")
  var names: [String]

  @Flag(help: "Read every weight too, and compare it with its checksum.")
  var full = false

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let places = try names.map { try zoo.existingZoo().path(of: $0) }
    let reports = places.map { Checkpoint.verify(at: $0, full ? .full : .quick) }
    if output.json {
      try output.console.print(json: Report(files: reports))
    } else {
      for report in reports { try output.console.print(report.line) }
    }
    if reports.contains(where: { !$0.isSound }) { throw ExitCode(1) }
  }

  /// What is reported.
  private struct Report: Encodable {
    let files: [Verification]
  }
}

extension Verification {
  /// The report in one line.
  fileprivate var line: String {
    guard isSound else { return "\(path): damaged: \(faults.joined(separator: "; "))" }
    let weights = parts.filter { $0.path.hasPrefix("networks/") }.count
    return "\(path): sound, format \(formatVersion ?? ""), \(NumberText.bytes(fileSize)), "
      + "\(weights) weights\(depth == .quick ? " not read" : ""), holds \(holds.joined(separator: ", ")), "
      + "sha256 \((sha256 ?? "").prefix(16))…"
  }
}
