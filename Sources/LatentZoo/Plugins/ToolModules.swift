import Foundation

/// The compiled interfaces of the library, which lie beside the command since it was built: plugins are compiled against them.
public struct ToolModules: Sendable {
  /// The folder with a `.swiftmodule` for each module.
  public let folder: String

  /// The modules whose types a plugin sees or holds.
  static let names = ["Datasets", "HDF5", "LatentZoo", "Layers", "Tensors"]
  /// C modules that those were built with. A plugin sees nothing of them, so that empty ones do for compiling it.
  public static let hiddenModules = [
    "CDigits", "CHDF5", "CKernels", "CLAPACK", "COneDNN", "CPNG", "CTurboJPEG", "CZlib",
  ]

  /// The modules of the running program: in `Modules` beside it, as the package manager leaves them, or in
  /// `../lib/latentzoo/Modules`.
  ///
  /// - Throws: ``PluginError/noModules(executable:)``.
  public static func ofThisProgram() throws(PluginError) -> ToolModules {
    let executable = Self.executable
    let folder = (executable as NSString).deletingLastPathComponent
    for candidate in ["\(folder)/Modules", "\(folder)/../lib/latentzoo/Modules"]
    where access("\(candidate)/LatentZoo.swiftmodule", R_OK) == 0 {
      return ToolModules(folder: candidate)
    }
    throw .noModules(executable: executable)
  }

  /// The running program's file.
  public static var executable: String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return Bundle.main.executablePath ?? "latentzoo" }
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private func path(of module: String) -> String { "\(folder)/\(module).swiftmodule" }

  /// One digest of all modules.
  func digest() throws(PluginError) -> String {
    var lines = ""
    for name in Self.names {
      guard let file = FileHandle(forReadingAtPath: path(of: name)),
        let digest = PluginFile.digest(of: file)
      else { throw .noModules(executable: Self.executable) }
      lines += "\(digest.sha256)  \(name)\n"
    }
    return Checksums.digest(of: lines)
  }

  /// The version of the compiler that made them, such as `6.3.1`, which each of them tells.
  func compiler() throws(PluginError) -> String {
    guard let module = FileManager.default.contents(atPath: path(of: "LatentZoo")) else {
      throw .noModules(executable: Self.executable)
    }
    guard let range = module.range(of: Data("Swift version ".utf8)) else { return "unknown" }
    let word = module[range.upperBound...].prefix { $0 > UInt8(ascii: " ") && $0 < 127 }
    return String(decoding: word, as: UTF8.self)
  }

  /// Refuses modules that were made after the program, which is then none of theirs.
  ///
  /// - Throws: ``PluginError/modulesTooNew(folder:)``.
  public func checkAge() throws(PluginError) {
    guard let built = Self.modificationDate(of: Self.executable) else { return }
    for name in Self.names {
      guard let made = Self.modificationDate(of: path(of: name)) else {
        throw .noModules(executable: Self.executable)
      }
      guard made.timeIntervalSince(built) < 1 else { throw .modulesTooNew(folder: folder) }
    }
  }

  private static func modificationDate(of path: String) -> Date? {
    guard let found = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
    return found[.modificationDate] as? Date
  }
}
