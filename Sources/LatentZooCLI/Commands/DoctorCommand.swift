import ArgumentParser
import LatentZoo

/// `latentzoo doctor`: what is installed, and whether it works.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show what is installed and check that it works.",
    discussion: """
      Computes a product, trains a tiny model, writes it to a temporary file, reads
      it back, and measures the speed. Exits with 1 where something fails.

      EXAMPLES:
        latentzoo doctor
        latentzoo doctor --threads 1
        latentzoo doctor --json
      """)

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let engine = try engine.engine()
    let report = DoctorReport(
      system: try SystemReport(zoo: zoo.zoo, engine: engine),
      plugins: PluginLoader(PluginFolder.all(given: zoo.pluginFolder)).survey().map(PluginRow.init),
      checks: SelfCheck.all(registry: try zoo.registry(telling: output.console), on: engine))
    if output.json {
      try output.console.print(json: report)
    } else {
      try output.console.print(report.text)
    }
    guard report.checks.allSatisfy(\.isPassed) else { throw ExitCode.failure }
  }
}

/// What `latentzoo doctor` reports.
struct DoctorReport: Encodable {
  let system: SystemReport
  /// What is installed, and why some is left out.
  let plugins: [PluginRow]
  let checks: [SelfCheck]

  /// The report for people.
  var text: String {
    var facts = TextTable([.text(""), .text("")], hasTitles: false)
    let names = ["LatentZoo", "Swift", "oneDNN", "HDF5", "libpng", "zlib"]
    for name in names { facts.add([name, system.versions[name] ?? "unknown"]) }
    facts.add(["Vectors", system.vectorInstructions])
    facts.add(["Threads", "\(system.threadCount) on \(system.processorCount) processors"])
    facts.add(["Plugins", pluginText])
    var folders = TextTable([.text("FOLDER"), .number("MODELS"), .text("STATE")])
    for folder in system.folders {
      folders.add([
        folder.path, folder.exists ? String(folder.modelCount) : "",
        (folder.exists ? "" : "does not exist yet, ")
          + (folder.isWritable ? "writable" : "not writable")
          + (folder.path == system.home ? ", new models go here" : ""),
      ])
    }
    var results = TextTable([.text("CHECK"), .text("RESULT"), .text("")])
    for check in checks {
      results.add([check.name, check.isPassed ? "ok" : "FAILED", check.detail])
      if !check.isPassed { results.add(["", "", check.advice]) }
    }
    return [facts, folders, results].map { $0.text() }.joined(separator: "\n\n")
  }

  private var pluginText: String {
    let names = plugins.filter { $0.problem == nil }.map(\.name)
    let broken = plugins.filter { $0.problem != nil }.map { "\($0.name) is left out" }
    return plugins.isEmpty ? "none" : (names + broken).joined(separator: ", ")
  }
}
