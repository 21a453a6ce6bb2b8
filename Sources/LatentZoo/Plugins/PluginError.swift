/// Why a plugin cannot be built, installed or loaded.
public enum PluginError: Error, Hashable, Sendable {
  /// A file or folder of a plugin is not there.
  case missing(path: String)
  /// A manifest makes no sense.
  case malformedManifest(path: String, reason: String)
  /// A folder holds a plugin of another name.
  case renamed(folder: String, plugin: String)
  /// Others could change a file.
  case unsafe(path: String, reason: String, mend: String)
  /// Somebody put a plugin there without installing it.
  case notInstalled(plugin: String, folder: String)
  /// The manifest is not the one that was installed.
  case manifestChanged(plugin: String, path: String)
  /// The library is not the one that the manifest tells of.
  case libraryChanged(plugin: String, path: String, reason: String)
  /// The plugin was built for another interface, compiler or library.
  case builtForAnother(plugin: String, what: String, found: String, expected: String)
  /// The system refuses to load the library.
  case unloadable(plugin: String, reason: String)
  /// The library has its own copy of LatentZoo.
  case hasOwnCopy(plugin: String)
  /// The plugin ended the process when it was last loaded.
  case crashed(plugin: String)
  /// The plugin threw an error while registering.
  case threw(plugin: String, reason: String)
  /// The plugin registers something else than its manifest says.
  case wrongContents(plugin: String, expected: [String], found: [String])
  /// The plugin brings a name that is taken.
  case nameTaken(plugin: String, kind: String, identifier: String, present: String)
  /// A configuration loses a setting when it is stored.
  case configurationNotStored(plugin: String, architecture: String, reason: String)
  /// The command's modules are not beside it.
  case noModules(executable: String)
  /// The modules beside the command are those of a later build.
  case modulesTooNew(folder: String)
  /// The command was linked with a Swift runtime of its own.
  case staticRuntime
  /// No plugin of that name is installed.
  case unknown(plugin: String, known: [String])
  /// A plugin of that name is installed already.
  case exists(plugin: String, folder: String)
  /// A folder for plugins cannot be written.
  case unwritable(path: String, reason: String)
}

extension PluginError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path) is missing; build the plugin again with latentzoo plugin build"
    case .malformedManifest(let path, let reason):
      "\(path) cannot be used: \(reason); latentzoo plugin build writes a new one"
    case .renamed(let folder, let plugin):
      "\(folder) holds the plugin \(plugin): give the folder that name back, or install it anew"
    case .unsafe(let path, let reason, let mend):
      "\(path) \(reason); \(mend)"
    case .notInstalled(let plugin, let folder):
      "nobody installed the plugin in \(folder): latentzoo plugin install \(folder), where you trust \(plugin)"
    case .manifestChanged(let plugin, let path):
      "\(path) is not the manifest that was installed; if you trust it, "
        + Self.install(plugin, from: (path.dropLast("/\(PluginManifest.fileName)".count)))
    case .libraryChanged(let plugin, let path, let reason):
      "\(path) is not the library that the manifest of \(plugin) tells of (\(reason)); build it again and "
        + Self.install(plugin, from: "DIR")
    case .builtForAnother(let plugin, let what, let found, let expected):
      "\(plugin) was built for another \(what) (\(found), this is \(expected)); build it again: "
        + "latentzoo plugin build DIR, then \(Self.install(plugin, from: "DIR"))"
    case .unloadable(let plugin, let reason):
      "\(plugin) cannot be loaded: \(reason); build it again with latentzoo plugin build"
    case .hasOwnCopy(let plugin):
      "\(plugin) has a copy of LatentZoo of its own, so that nothing it registers is seen here; build it "
        + "with latentzoo plugin build, not with swift build"
    case .crashed(let plugin):
      "\(plugin) ended the process while it was loaded, and is left out from now on; mend it and install it "
        + "again, or latentzoo plugin remove \(plugin)"
    case .threw(let plugin, let reason):
      "\(plugin) could not register what it brings: \(reason); mend its register function, or latentzoo "
        + "plugin remove \(plugin)"
    case .wrongContents(let plugin, let expected, let found):
      "\(plugin) registers \(Self.list(found)), and its manifest says \(Self.list(expected)); build it again"
    case .nameTaken(let plugin, let kind, let identifier, let present):
      "\(plugin) brings the \(kind) \"\(identifier)\", which \(present) brings too; rename one of them, or "
        + "let it take that place: latentzoo plugin install DIR --replace \(identifier) --force"
    case .configurationNotStored(let plugin, let architecture, let reason):
      "the configuration of \(architecture) in \(plugin) does not survive being stored: \(reason)"
    case .noModules(let executable):
      "the modules that belong to \(executable) are not beside it; plugins need them: keep the folder Modules of the "
        + "build next to the command, or in ../lib/latentzoo"
    case .modulesTooNew(let folder):
      "the modules in \(folder) are newer than the command; finish the build with swift build -c release, "
        + "and copy both with cp -a"
    case .staticRuntime:
      "this latentzoo was linked with a Swift runtime of its own, which plugins cannot share; build it without "
        + "--static-swift-stdlib"
    case .unknown(let plugin, let known):
      "no plugin \"\(plugin)\" is installed\(Self.hint(plugin, known)); "
        + (known.isEmpty ? "there is none" : "there are: \(known.joined(separator: ", "))")
    case .exists(let plugin, let folder):
      "the plugin \(plugin) is installed in \(folder); --force takes its place"
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason); name another folder with --plugins"
    }
  }

  private static func install(_ plugin: String, from folder: some StringProtocol) -> String {
    "latentzoo plugin install \(folder) --force"
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "nothing" : names.joined(separator: ", ")
  }

  private static func hint(_ name: String, _ known: [String]) -> String {
    NearestName.of(name, among: known).map { ", did you mean \"\($0)\"" } ?? ""
  }
}
