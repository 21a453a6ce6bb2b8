/// Why a plugin cannot be made or compiled.
enum PluginBuildError: Error, Hashable {
  /// The folder holds no plugin's source.
  case noPackage(path: String)
  /// The description of the source makes no sense.
  case badDescription(path: String, reason: String)
  /// There is nothing to compile.
  case noSources(folder: String)
  /// No Swift compiler is on the path.
  case noCompiler
  /// The compiler on the path is not the one that made the command.
  case otherCompiler(found: String, expected: String)
  /// The source has mistakes, which the compiler has told.
  case doesNotCompile(module: String)
  /// The finished library cannot be loaded.
  case doesNotLoad(reason: String)
  /// The library registers nothing.
  case registersNothing(plugin: String)
  /// A plugin cannot be called that.
  case badName(String)
  /// The folder for new source is there already.
  case folderExists(String)
  /// A file cannot be written.
  case unwritable(path: String)
}

extension PluginBuildError: CustomStringConvertible {
  var description: String {
    switch self {
    case .noPackage(let path):
      "\(path) is missing, so this is no plugin's source; latentzoo plugin new NAME makes one"
    case .badDescription(let path, let reason): "\(path) cannot be used: \(reason)"
    case .noSources(let folder):
      "\(folder) has no Swift files; say in \(PluginPackage.fileName) where they are"
    case .noCompiler:
      "there is no swiftc on the PATH; plugins are compiled with the compiler that built latentzoo"
    case .otherCompiler(let found, let expected):
      "swiftc on the PATH is \(found), and latentzoo was built with \(expected); put that one first, or "
        + "build latentzoo again with this one"
    case .doesNotCompile(let module): "\(module) does not compile; the messages are above"
    case .doesNotLoad(let reason): reason
    case .registersNothing(let plugin):
      "\(plugin) registers nothing; list its families or backbones in its ZooPlugin type"
    case .badName(let name):
      "\"\(name)\" is no name for a plugin: use up to 64 small letters, digits and dashes, a letter first"
    case .folderExists(let path):
      "there is a folder \(path) already; choose another name, or --directory"
    case .unwritable(let path): "\(path) cannot be written; choose another folder with --directory"
    }
  }
}
