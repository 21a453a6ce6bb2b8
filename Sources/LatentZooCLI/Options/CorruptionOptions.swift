import ArgumentParser
import LatentZoo

extension Corruption.Kind: ExpressibleByArgument {}

/// Damage that is done to examples before a model sees them.
struct CorruptionOptions: ParsableArguments {
  @Option(
    name: .customLong("corruption"),
    help: ArgumentHelp("Damage that the model is to repair.", valueName: "kind"))
  var kind = Corruption.Kind.none

  @Option(
    name: .customLong("corruption-amount"), parsing: .unconditional,
    help: ArgumentHelp(
      "The deviation for gaussian, the share of the image's side for squares, otherwise the share of "
        + "elements.", valueName: "x"))
  var amount = 0.5

  @Option(
    name: .customLong("corruption-squares"), parsing: .unconditional,
    help: ArgumentHelp("Number of squares in an image.", valueName: "n"))
  var squareCount = 1

  func validate() throws {
    guard let complaint = corruption.complaint else { return }
    throw ValidationError("--corruption-\(complaint.key) \(complaint.requirement)")
  }

  /// What was asked for.
  var corruption: Corruption { Corruption(kind, amount: amount, squareCount: squareCount) }
}
