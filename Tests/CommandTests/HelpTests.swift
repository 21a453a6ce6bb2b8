import Foundation
import Testing

extension CommandTests {
  /// Help texts as they are stored; `LATENTZOO_UPDATE_SNAPSHOTS=1` stores them anew.
  @Suite struct HelpTests {
    static let commands = [
      "train", "list", "info", "doctor", "evaluate", "reconstruct", "sample", "encode", "decode",
      "data", "data list", "data info", "neighbours", "expand", "card", "diff", "export",
      "import", "verify", "plugin", "plugin new", "plugin build", "plugin install", "plugin list",
      "plugin remove",
    ]

    @Test("Help reads as stored", arguments: [""] + commands)
    func helpReadsAsStored(command: String) throws {
      let run = try runCommand(words(command) + ["--help"])
      #expect(run.status == 0 && run.messages.isEmpty, "\(run)")
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent(
          "Snapshots/\((["help"] + words(command)).joined(separator: "-")).txt")
      if ProcessInfo.processInfo.environment["LATENTZOO_UPDATE_SNAPSHOTS"] == "1" {
        try Data(run.output.utf8).write(to: file)
      }
      let stored = try String(contentsOf: file, encoding: .utf8)
      #expect(
        run.output == stored,
        """
        The help of '\(command)' changed (- stored, + now); where that is meant, run the tests with \
        LATENTZOO_UPDATE_SNAPSHOTS=1 and commit the files.
        \(difference(from: stored, to: run.output))
        """)
    }

    @Test("Every subcommand is in the help of the whole, with examples in its own")
    func everySubcommandHasExamples() throws {
      let help = try runCommand(["--help"]).output
      for command in Self.commands {
        #expect(words(command).count > 1 || help.contains("  \(command) "))
        let own = try runCommand(words(command) + ["--help"]).output
        #expect(own.contains("latentzoo \(command)"))
      }
    }

    @Test("The version is one line") func versionIsOneLine() throws {
      let run = try runCommand(["--version"])
      #expect(run.status == 0)
      #expect(run.output.wholeMatch(of: /latentzoo \d+\.\d+\.\d+\n/) != nil, "\(run)")
    }
  }
}

/// A command with its subcommand.
private func words(_ command: String) -> [String] { command.split(separator: " ").map(String.init) }

/// The lines that differ.
private func difference(from old: String, to new: String) -> String {
  let changes = new.split(separator: "\n", omittingEmptySubsequences: false)
    .difference(from: old.split(separator: "\n", omittingEmptySubsequences: false))
  return changes.map { change in
    switch change {
    case .remove(let line, let text, _): "- \(line + 1): \(text)"
    case .insert(let line, let text, _): "+ \(line + 1): \(text)"
    }
  }.joined(separator: "\n")
}
