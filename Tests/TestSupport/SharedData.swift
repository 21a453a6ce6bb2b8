import Foundation

/// The folder of real data sets beside the repository, which is too large to be part of it.
public enum SharedData {
  /// The folder: `LATENTZOO_DATA` where it is set, else `../shared/data` from the package.
  public static let folder: String = {
    if let path = ProcessInfo.processInfo.environment["LATENTZOO_DATA"] { return path }
    return URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("../shared/data").standardizedFileURL.path
  }()

  /// Whether a data set is there; says so on the console where it is not.
  public static func has(_ name: String) -> Bool {
    if FileManager.default.fileExists(atPath: "\(folder)/\(name)") { return true }
    print(
      "SKIPPED: no data set '\(name)' in \(folder); set LATENTZOO_DATA to the folder that has it")
    return false
  }

  /// The source of an IDX data set, as it is written on a command line.
  public static func source(_ name: String) -> String { "idx:\(folder)/\(name)" }
}
