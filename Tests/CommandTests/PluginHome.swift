import Foundation
import Testing

/// A user's home with plugins, and the commands that use them.
struct PluginHome {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The path of a file in it.
  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// Where plugins are installed.
  var plugins: String { path("plugins") }

  /// Runs a command in the home; models and plugins are those of the home, and swiftc is found.
  ///
  /// - Parameter mood: what the test's plugins look at while they register.
  func run(_ arguments: String..., mood: String = "") throws -> CommandRun {
    try run(arguments, mood: mood)
  }

  func run(_ arguments: [String], mood: String = "") throws -> CommandRun {
    let running = try RunningCommand(
      program: try RunningCommand.binary(), arguments,
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        "HOME": folder.path, "LATENTZOO_PLUGINS": plugins, "LATENTZOO_PATH": path("zoo"),
        "MOOD": mood, "COLUMNS": "80",
      ], workingFolder: folder.path)
    return try running.wait(timeout: 300)
  }

  /// Runs a command that must succeed.
  @discardableResult
  func succeed(_ arguments: String..., mood: String = "") throws -> CommandRun {
    let run = try run(arguments, mood: mood)
    try #require(run.status == 0, "\(run)")
    return run
  }

  /// The message of a command that must fail with status 1.
  func failure(_ arguments: String..., mood: String = "") throws -> String {
    let run = try run(arguments, mood: mood)
    #expect(run.status == 1 && run.output.isEmpty, "\(run)")
    return run.messages
  }

  /// Writes the source of a plugin.
  func write(_ plugin: String, named name: String, source: String) throws {
    let folder = URL(fileURLWithPath: path(name))
    let sources = folder.appendingPathComponent("Sources/\(plugin)Module")
    try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
    let description = """
      {"name": "\(name)", "version": "1.2.3", "summary": "a test", "sources": "Sources/\(plugin)Module",
       "plugin": "\(plugin)Plugin"}
      """
    try Data(description.utf8).write(to: folder.appendingPathComponent("latentzoo-plugin.json"))
    try Data(source.utf8).write(to: sources.appendingPathComponent("\(plugin).swift"))
  }

  /// Copies an installed plugin, or anything else, from another home.
  func take(_ name: String, from other: PluginHome) throws {
    try FileManager.default.copyItem(atPath: other.path(name), toPath: path(name))
  }

  /// A home with the plugin `ladder` as `latentzoo plugin new` makes it, installed, and a model of it; made once.
  static func withLadder() throws -> PluginHome { try ladder.get() }

  private static let ladder = Result {
    let home = try PluginHome()
    for arguments in [
      ["plugin", "new", "ladder"], ["plugin", "build", "ladder"], ["plugin", "install", "ladder"],
      [
        "train", "ladder", "--data", "digits", "--epochs", "1", "--set", "hiddenSizes=[12]",
        "--set", "latentSize=3",
      ],
    ] {
      let run = try home.run(arguments)
      try #require(run.status == 0, "\(run)")
    }
    return home
  }
}
