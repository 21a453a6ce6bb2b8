import Foundation

/// Runs another program and waits for it.
enum Subprocess {
  /// Runs a program found on the PATH, or at a path.
  ///
  /// - Parameters:
  ///   - program: its name, or its path.
  ///   - arguments: what it is given.
  ///   - isCaptured: whether its standard output is returned; otherwise it goes to standard error, as messages do.
  ///   - hasErrors: whether what it prints on standard error is returned with it.
  ///   - limit: seconds after which it is ended.
  /// - Returns: its exit status, 128 and the signal's number where one ended it, and what it printed.
  /// - Throws: ``PluginBuildError/noCompiler`` where it cannot be started.
  static func run(
    _ program: String, _ arguments: [String], capturing isCaptured: Bool = false,
    capturingErrors hasErrors: Bool = false, limit: Double? = nil
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program.contains("/") ? program : "/usr/bin/env")
    process.arguments = (program.contains("/") ? [] : [program]) + arguments
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = isCaptured ? pipe : FileHandle.standardError
    if hasErrors { process.standardError = pipe }
    do {
      try process.run()
    } catch {
      throw PluginBuildError.noCompiler
    }
    let watch = limit.map { limit in
      let identifier = process.processIdentifier
      let item = DispatchWorkItem { kill(identifier, SIGKILL) }
      DispatchQueue.global().asyncAfter(deadline: .now() + limit, execute: item)
      return item
    }
    let output = isCaptured ? pipe.fileHandleForReading.readDataToEndOfFile() : Data()
    process.waitUntilExit()
    watch?.cancel()
    let status =
      process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
    return (status, String(decoding: output, as: UTF8.self))
  }
}
