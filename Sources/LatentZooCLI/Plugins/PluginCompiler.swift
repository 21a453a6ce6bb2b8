import Foundation
import LatentZoo

/// Compiles a plugin's source into a library that binds to the running command.
///
/// The library is compiled against the command's modules and linked with none of them: what it refers to, the system's loader
/// finds in the command. A library linked as usual would bring a second copy of everything, and register with that.
struct PluginCompiler {
  let modules: ToolModules
  /// Whether to leave optimisation out and keep what a debugger needs.
  var isDebug = false

  /// Compiles a package, loads it on trial, and writes library and manifest.
  ///
  /// - Returns: the manifest.
  /// - Throws: ``PluginBuildError``, `PluginError`.
  func build(_ package: PluginPackage, into output: String) throws -> PluginManifest {
    try modules.checkAge()
    let stamp = try PluginStamp(of: modules)
    try checkCompiler(is: stamp.compiler)
    let work = "\(output).\(UInt64.random(in: .min ... .max)).tmp"
    defer { try? FileManager.default.removeItem(atPath: work) }
    try makeFolder(work)
    let library = "lib\(package.description.name).so"
    try compile(package, to: "\(work)/\(library)", in: work)
    for scratch in ["Entry.swift", "module.modulemap"] { unlink("\(work)/\(scratch)") }
    let name = package.description.name
    let contents = try ChildProbe.contents(ofLibrary: "\(work)/\(library)", plugin: name)
    guard !contents.families.isEmpty || !contents.backbones.isEmpty else {
      throw PluginBuildError.registersNothing(plugin: name)
    }
    let manifest = PluginManifest(
      name: name, version: package.description.version, summary: package.description.summary,
      families: contents.families, backbones: contents.backbones, stamp: stamp,
      library: try PluginManifest.Library(at: "\(work)/\(library)"))
    try write(manifest.encoded(), to: "\(work)/\(PluginManifest.fileName)")
    try exchange(work, output)
    return manifest
  }

  private func compile(_ package: PluginPackage, to library: String, in work: String) throws {
    let entry = """
      import LatentZoo

      @_cdecl("\(PluginEntry.symbol)")
      public func \(PluginEntry.symbol)(_ visit: UnsafeMutableRawPointer) {
        PluginEntry.enter(\(package.description.plugin).self, with: visit)
      }

      """
    let map = ToolModules.hiddenModules.map { "module \($0) {}\n" }.joined()
    try write(Data(entry.utf8), to: "\(work)/Entry.swift")
    try write(Data(map.utf8), to: "\(work)/module.modulemap")
    let status = try Subprocess.run(
      "swiftc",
      ["-emit-library", "-module-name", package.module, "-swift-version", "6", "-parse-as-library"]
        + (isDebug ? ["-Onone", "-g"] : ["-O", "-wmo"])
        + ["-I", modules.folder, "-I", work, "-o", library]
        + package.sources() + ["\(work)/Entry.swift"]
    ).status
    guard status == 0 else { throw PluginBuildError.doesNotCompile(module: package.module) }
  }

  private func checkCompiler(is expected: String) throws {
    let (status, text) = try Subprocess.run(
      "swiftc", ["--version"], capturing: true, capturingErrors: true)
    let words = text.split(whereSeparator: \.isWhitespace)
    guard status == 0, let place = words.firstIndex(of: "version"), place + 1 < words.count else {
      throw PluginBuildError.noCompiler
    }
    let found = String(words[place + 1])
    guard found == expected else {
      throw PluginBuildError.otherCompiler(found: found, expected: expected)
    }
  }

  private func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw PluginBuildError.unwritable(path: path)
    }
  }

  private func write(_ data: Data, to path: String) throws {
    do {
      try data.write(to: URL(fileURLWithPath: path))
    } catch {
      throw PluginBuildError.unwritable(path: path)
    }
  }

  private func exchange(_ work: String, _ output: String) throws {
    if FileManager.default.fileExists(atPath: output) {
      try FileManager.default.removeItem(atPath: output)
    }
    guard rename(work, output) == 0 else { throw PluginBuildError.unwritable(path: output) }
  }
}
