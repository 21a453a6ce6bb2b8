import Foundation

@testable import Datasets

/// A folder for one test, removed with the last reference to it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "latentzoo-datasets-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Compresses a file by the system's gzip and returns the new path.
  func gzip(_ file: String) throws -> String {
    try run("gzip", ["-f", file])
    return file + ".gz"
  }
}

/// The bytes of an IDX file with bytes in it.
func idxBytes(_ dimensions: [Int], type: UInt8 = 0x08, payload: [UInt8]) -> [UInt8] {
  [0, 0, type, UInt8(dimensions.count)] + dimensions.flatMap(bigEndian) + payload
}

/// A size as four bytes, the most significant first.
func bigEndian(_ value: Int) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

/// Runs a program and returns what it printed.
@discardableResult
func run(_ program: String, _ arguments: [String]) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    throw ProgramFailed(program: program, status: process.terminationStatus)
  }
  return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}

struct ProgramFailed: Error {
  let program: String
  let status: Int32
}

/// Whether Python with NumPy is there to compare with; says so on the console where it is not.
let hasNumPy: Bool = {
  do {
    try run("python3", ["-c", "import numpy"])
    return true
  } catch {
    print("SKIPPED: no python3 with numpy to compare with")
    return false
  }
}()

/// A small data set of bytes: every pixel of example `i` is `i` modulo 256, its label `i` modulo 10.
func countingDataset(_ count: Int, shape: DataShape = DataShape([1, 2, 3])) -> Dataset {
  Dataset(
    name: "counting", shape: shape,
    bytes: (0..<count).flatMap { [UInt8](repeating: UInt8($0 % 256), count: shape.featureCount) },
    divisor: 1, labels: (0..<count).map { $0 % 10 }, labelNames: (0...9).map(String.init),
    origin: DataOrigin(source: "counting"))
}
