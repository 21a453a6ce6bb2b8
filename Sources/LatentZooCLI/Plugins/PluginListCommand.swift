import ArgumentParser
import LatentZoo

/// `latentzoo plugin list`: what is installed, and whether it can be used.
struct PluginListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List installed plugins and what keeps some from being used.",
    discussion: """
      Nothing is loaded: manifests and libraries are checked only.

      EXAMPLES:
        latentzoo plugin list
        latentzoo plugin list --json
      """)

  @OptionGroup var plugins: PluginOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let states = PluginLoader(PluginFolder.all(given: plugins.folder)).survey()
    let rows = states.map(PluginRow.init)
    guard !output.json else { return try output.console.print(json: rows) }
    guard !rows.isEmpty else {
      return output.console.message(
        "no plugins are installed; latentzoo plugin new NAME makes the source of one")
    }
    var table = TextTable([
      .text("PLUGIN"), .text("VERSION"), .text("BRINGS"), .text("STATE"), .text("FOLDER"),
    ])
    for row in rows {
      table.add([
        row.name, row.version ?? "", (row.families + row.backbones).joined(separator: ", "),
        row.problem == nil ? "ready" : "left out", row.folder,
      ])
    }
    try output.console.print(table.text())
    for row in rows {
      if let problem = row.problem { output.console.note("\(row.name): \(problem)") }
    }
  }
}

/// An installed plugin as it is reported.
struct PluginRow: Encodable {
  let name: String
  let version: String?
  let summary: String?
  let families: [String]
  let backbones: [String]
  let folder: String
  /// Why it is left out.
  let problem: String?

  init(_ state: PluginState) {
    self.init(
      state.manifest, name: state.name, folder: state.folder,
      problem: state.problem.map { "\($0)" })
  }

  init(_ manifest: PluginManifest, folder: String) {
    self.init(manifest, name: manifest.name, folder: folder, problem: nil)
  }

  private init(_ manifest: PluginManifest?, name: String, folder: String, problem: String?) {
    self.name = name
    self.folder = folder
    self.problem = problem
    version = manifest?.version
    summary = manifest?.summary
    families = manifest?.families ?? []
    backbones = manifest?.backbones ?? []
  }
}
