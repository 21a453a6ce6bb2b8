import Foundation
import LatentZoo

/// Loads a plugin's library in another process of this command, which a plugin may crash without harm.
enum ChildProbe {
  /// Seconds a plugin may take to register.
  private static let limit = 60.0

  /// What a library registers.
  ///
  /// - Throws: ``PluginBuildError/doesNotLoad(reason:)``.
  static func contents(
    ofLibrary path: String, plugin name: String
  ) throws -> PluginProbe.Contents {
    let (status, output) = try Subprocess.run(
      ToolModules.executable, ["plugin", "probe", name, path], capturing: true,
      capturingErrors: true, limit: limit)
    let lines = output.split(separator: "\n").map(String.init)
    guard status == 0, let last = lines.last else {
      throw PluginBuildError.doesNotLoad(reason: reason(status, lines, name))
    }
    do {
      return try JSONDecoder().decode(PluginProbe.Contents.self, from: Data(last.utf8))
    } catch {
      throw PluginBuildError.doesNotLoad(reason: reason(status, [], name))
    }
  }

  private static func reason(_ status: Int32, _ lines: [String], _ name: String) -> String {
    let mark = "latentzoo: error: "
    if let line = lines.last(where: { $0.hasPrefix(mark) }) {
      return String(line.dropFirst(mark.count))
    }
    return status == 128 + SIGKILL
      ? "\(name) did not register within \(Int(limit)) seconds; mend its register function"
      : "\(name) ended with status \(status) while it was loaded; mend its register function"
  }
}
