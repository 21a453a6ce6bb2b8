import Foundation
import HDF5
import Testing

/// A folder of one test, removed when the test is done with it.
final class Scratch: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("hdf5-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(at: folder) } catch { print("Left behind: \(folder)") }
  }

  /// Path of a file in the folder.
  func path(_ name: String = "test.h5") -> String {
    folder.appendingPathComponent(name).path
  }

  /// Writes a file with `body`, closes it, and opens it again for reading.
  func reopened(
    _ name: String = "test.h5", writing body: (Group) throws -> Void
  ) throws -> File {
    let file = try File.create(at: path(name))
    try body(file.root)
    try file.close()
    return try File.open(at: path(name))
  }
}

/// Random numbers that are the same in every run (SplitMix64).
struct FixedGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Other programs that know HDF5.
enum Other {
  /// Whether Python with h5py is installed; tests that need it are skipped, visibly, where it is not.
  static let hasPython = succeeds(["python3", "-c", "import h5py"])
  /// Whether HDF5's own listing tools are installed.
  static let hasTools = succeeds(["h5dump", "--version"]) && succeeds(["h5ls", "--version"])

  /// Runs a program and returns what it prints.
  static func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// Runs a Python script with the path of a file as `path`, and returns what it prints.
  static func python(_ script: String, path: String) throws -> String {
    let head = "import sys, json, h5py, numpy as np\npath = sys.argv[1]\n"
    let (status, output) = try run(["python3", "-c", head + script, path])
    try #require(status == 0, "\(output)")
    return output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func succeeds(_ command: [String]) -> Bool {
    do { return try run(command).status == 0 } catch { return false }
  }
}
