import ArgumentParser
import Foundation
import LatentZoo

/// `latentzoo plugin new`: the source of a plugin, ready to build.
struct PluginNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make the source of a new plugin: a family, or a backbone.",
    discussion: """
      Writes a Swift package of the plugin's name: a working architecture to change,
      a test that holds it to the laws of all architectures, and a README.

      EXAMPLES:
        latentzoo plugin new ladder
        latentzoo plugin new ladder-net --backbone
        latentzoo plugin new ladder --directory ~/plugins
      """)

  @Argument(help: "Name of the plugin and of its architecture: small letters, digits, dashes.")
  var name: String

  @Flag(help: "Make a backbone instead of a family.")
  var backbone = false

  @Option(help: ArgumentHelp("Folder to make it in.", valueName: "dir"))
  var directory = "."

  @Option(
    name: .customLong("latentzoo"),
    help: ArgumentHelp(
      "The package LatentZoo for the plugin's tests: a folder or a URL; the one this command was "
        + "built from unless given.", valueName: "place"))
  var place: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    guard PluginName.isGood(name) else { throw PluginBuildError.badName(name) }
    let registry = try BuiltIns.registry()
    guard !registry.architectureNames.contains(name) else {
      throw ValidationError(
        "\"\(name)\" is the name of an architecture that comes with latentzoo; choose another")
    }
    let folder = directory == "." ? name : "\(directory)/\(name)"
    let template = PluginTemplate(
      name: name, kind: backbone ? .backbone : .family,
      dependency: PackageDependency(place ?? PackageDependency.sourceOfThisCommand))
    try template.write(to: folder)
    let report = Report(name: name, folder: folder, files: template.files.map(\.path))
    guard !output.json else { return try output.console.print(json: report) }
    try output.console.print(folder)
    output.console.message(
      """
      next: latentzoo plugin build \(folder)
            latentzoo plugin install \(folder)
            latentzoo train \(template.trainingArguments)
      """)
  }

  private struct Report: Encodable {
    let name: String
    let folder: String
    let files: [String]
  }
}
