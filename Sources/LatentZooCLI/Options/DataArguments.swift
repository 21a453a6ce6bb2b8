import ArgumentParser
import LatentZoo

/// How a data source is to be read.
struct DataArguments: ParsableArguments {
  @Option(
    name: .customLong("data-option"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "How to read the data, such as size=64x64; repeatable, `latentzoo data list` shows them.",
      valueName: "key=value"))
  var options: [String] = []

  func validate() throws {
    for option in options where !option.dropFirst().contains("=") {
      throw ValidationError("--data-option is written key=value, got \(option)")
    }
  }

  /// The options by name; the last of a name counts.
  var values: [String: String] {
    var values: [String: String] = [:]
    for option in options {
      let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[String(parts[0])] = String(parts[1])
    }
    return values
  }
}
