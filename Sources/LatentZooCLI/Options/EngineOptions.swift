import ArgumentParser
import LatentZoo

/// What computes.
struct EngineOptions: ParsableArguments {
  @Option(
    name: .customLong("threads"), parsing: .unconditional,
    help: ArgumentHelp("Threads to compute on; all processors unless given.", valueName: "n"))
  var threadCount: Int?

  func validate() throws {
    if let threadCount, !(1...1024).contains(threadCount) {
      throw ValidationError("--threads lies in 1...1024, got \(threadCount)")
    }
  }

  /// The engine asked for.
  ///
  /// - Throws: `TensorError.threadsUnavailable`.
  func engine() throws -> Engine { try engine(unlessGiven: nil) }

  /// The engine asked for, or one of `usual` threads where none was.
  ///
  /// - Throws: `TensorError.threadsUnavailable`.
  func engine(unlessGiven usual: Int?) throws -> Engine {
    guard let count = threadCount ?? usual else { return .shared }
    return try Engine(threadCount: count)
  }
}
