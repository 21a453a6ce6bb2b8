import ArgumentParser
import Foundation
import LatentZoo

/// `latentzoo plugin probe`: loads a library that was just built, in a process that it may crash.
struct PluginProbeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Load a plugin's library and print what it registers.",
    shouldDisplay: false)

  @Argument var name: String
  @Argument var library: String

  func run() throws {
    let contents = try PluginProbe.contents(ofLibrary: library, plugin: name)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try Console().print(String(decoding: try encoder.encode(contents), as: UTF8.self))
  }
}
