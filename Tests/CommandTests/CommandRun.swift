import Foundation

/// What a run of the command gave.
struct CommandRun: CustomStringConvertible {
  let arguments: [String]
  let status: Int32
  let output: String
  let messages: String

  /// Everything, for a failed test.
  var description: String {
    "latentzoo \(arguments.joined(separator: " "))\nstatus \(status)\n\(output)\n\(messages)"
  }

  /// Standard output as one JSON document.
  func json() throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    guard let fields = value as? [String: Any] else { throw RunError.noObject(output) }
    return fields
  }
}

/// What can go wrong with running a command.
enum RunError: Error {
  case noBinary(String)
  case timedOut([String])
  case noObject(String)
}

/// A command under way, with its output going to files.
final class RunningCommand {
  private let arguments: [String]
  private let process = Process()
  private let folder: TemporaryFolder
  private let ended = DispatchSemaphore(value: 0)

  /// The command: next to the tests, or what `LATENTZOO_BINARY` says.
  static func binary() throws -> String {
    let path =
      ProcessInfo.processInfo.environment["LATENTZOO_BINARY"]
      ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("latentzoo").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw RunError.noBinary("no command at \(path); set LATENTZOO_BINARY")
    }
    return path
  }

  /// Starts a program; the environment is the given one with a path and a home of its own.
  init(
    program: String, _ arguments: [String], environment: [String: String] = [:],
    workingFolder: String? = nil
  ) throws {
    self.arguments = arguments
    folder = try TemporaryFolder()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path, "COLUMNS": "80",
      "LATENTZOO_BINARY": try Self.binary(),
    ].merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: workingFolder ?? folder.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.newFile("\(folder.path)/.output")
    process.standardError = try Self.newFile("\(folder.path)/.messages")
    let ended = ended
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
  }

  /// What the command has said so far.
  var messages: String { text(".messages") }

  /// Sends SIGINT, as Ctrl-C does.
  func interrupt() { process.interrupt() }

  /// Ends the process at once, as a power cut would.
  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// Waits for the end.
  func wait(timeout: Double = 30) throws -> CommandRun {
    guard ended.wait(timeout: .now() + timeout) == .success else {
      kill()
      throw RunError.timedOut(arguments)
    }
    return CommandRun(
      arguments: arguments, status: process.terminationStatus, output: text(".output"),
      messages: text(".messages"))
  }

  private func text(_ name: String) -> String {
    let data = FileManager.default.contents(atPath: "\(folder.path)/\(name)") ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  private static func newFile(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(fileURLWithPath: path))
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }
}

/// Runs `latentzoo` and waits for its end.
func runCommand(
  _ arguments: [String], environment: [String: String] = [:], workingFolder: String? = nil
) throws -> CommandRun {
  try RunningCommand(
    program: try RunningCommand.binary(), arguments, environment: environment,
    workingFolder: workingFolder
  ).wait()
}

/// Runs a line of shell, in which `$LATENTZOO_BINARY` is the command.
func runShell(_ line: String) throws -> CommandRun {
  try RunningCommand(program: "/bin/bash", ["-c", line]).wait()
}
