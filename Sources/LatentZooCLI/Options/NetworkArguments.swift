import ArgumentParser
import LatentZoo

/// Networks as they are described on the command line, where no model tells.
struct NetworkArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Family or preset.", valueName: "name"))
  var family: String?

  @Option(help: ArgumentHelp("What the networks are made of.", valueName: "name"))
  var backbone: String?

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A setting of family or backbone; repeatable.", valueName: "key=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("Shape of one example, such as 1x28x28.", valueName: "shape"))
  var shape: ExampleShape?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Number of classes (default: 0).", valueName: "n"))
  var classes: Int?

  /// Checks the options together.
  ///
  /// - Throws: `ValidationError`.
  func validate(beside like: String?) throws {
    let isUsed = backbone != nil || !settings.isEmpty || shape != nil || classes != nil
    if let classes, !(0...1 << 20).contains(classes) {
      throw ValidationError("--classes lies in 0...1048576, got \(classes)")
    }
    if like != nil, family != nil || isUsed {
      throw ValidationError(
        "--like says all about the networks: leave --family, --backbone, --set, --shape and "
          + "--classes out")
    }
    if like == nil, family == nil || shape == nil { throw Self.incomplete }
  }

  private static let incomplete = ValidationError(
    "give --like NAME, or --family NAME and --shape, such as 1x28x28")

  /// The specification.
  ///
  /// - Throws: `RegistryError`, `ConfigurationError`, or `ValidationError` without family and shape.
  func specification(from registry: Registry) throws -> ModelSpecification {
    guard let family, let shape else { throw Self.incomplete }
    return try registry.specification(
      for: family, backbone: backbone, settings: try settings.map { try Setting(parsing: $0) },
      data: DataSignature(shape.value, classCount: classes ?? 0))
  }
}

/// The shape of an example as it is written: numbers with an x between.
struct ExampleShape: ExpressibleByArgument {
  let value: DataShape

  init?(argument: String) {
    let extents = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
      .map { Int($0) }
    let known = extents.compactMap { $0 }
    guard known.count == extents.count, (1...3).contains(known.count),
      known.allSatisfy({ (1...1 << 20).contains($0) })
    else { return nil }
    value = DataShape(known)
  }
}
