import Foundation

/// Python with NumPy and h5py, which `Scripts/test.sh` provides.
public enum Python {
  /// What can go wrong with a script.
  public enum Failure: Error {
    case ended(status: Int32, messages: String)
  }

  /// Runs a script and gives what it prints.
  ///
  /// - Throws: ``Failure``, with what it said on standard error.
  public static func run(_ script: String, _ arguments: [String] = []) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    let (output, messages) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = messages
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let said = messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure.ended(
        status: process.terminationStatus, messages: String(decoding: said, as: UTF8.self))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
