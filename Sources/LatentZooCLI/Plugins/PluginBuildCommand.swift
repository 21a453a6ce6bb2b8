import ArgumentParser
import LatentZoo

/// `latentzoo plugin build`: a library of a plugin's source.
struct PluginBuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Compile a plugin into a library for this latentzoo.",
    discussion: """
      Compiles against the modules beside the command, with the compiler that built
      it, tries the library in a process of its own, and writes library and manifest
      to DIR/.build/latentzoo/NAME. Build again whenever latentzoo was built again.

      EXAMPLES:
        latentzoo plugin build
        latentzoo plugin build ladder
        latentzoo plugin build ladder --debug
      """)

  @Argument(help: ArgumentHelp("Folder of the plugin's source.", valueName: "dir"))
  var folder = "."

  @Flag(help: "Compile for a debugger, without optimisation.")
  var debug = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let package = try PluginPackage(in: folder)
    output.console.message("building \(package.description.name)")
    let compiler = PluginCompiler(modules: try .ofThisProgram(), isDebug: debug)
    let manifest = try compiler.build(package, into: package.product)
    guard !output.json else { return try output.console.print(json: manifest) }
    try output.console.print(package.product)
    output.console.message(
      "\(manifest.provider) brings \(manifest.contentsText); next: latentzoo plugin install \(folder)"
    )
  }
}

extension PluginManifest {
  /// What it brings, in words.
  var contentsText: String {
    let parts = [("family", "families", families), ("backbone", "backbones", backbones)]
    return parts.filter { !$0.2.isEmpty }.map { one, many, names in
      "the \(names.count == 1 ? one : many) \(names.joined(separator: ", "))"
    }.joined(separator: " and ")
  }
}
