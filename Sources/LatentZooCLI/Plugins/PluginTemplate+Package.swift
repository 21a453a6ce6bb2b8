import LatentZoo

extension PluginTemplate {
  /// `latentzoo-plugin.json`: what `latentzoo plugin build` goes by.
  var description: String {
    """
    {
      "name": "\(name)",
      "version": "0.1.0",
      "summary": "\(summary)",
      "sources": "Sources/\(module)",
      "plugin": "\(plugin)"
    }

    """
  }

  /// What the plugin is for, in one line.
  var summary: String {
    kind == .family ? "restores examples from noisy ones" : "one hidden layer with gates"
  }

  /// `Package.swift`: for tests, editors, and for linking the architecture into programs.
  var manifest: String {
    """
    // swift-tools-version: 6.1
    import PackageDescription

    let package = Package(
      name: "\(name)",
      products: [.library(name: "\(module)", targets: ["\(module)"])],
      dependencies: [
        \(dependency.declaration)
      ],
      targets: [
        .target(
          name: "\(module)",
          dependencies: [.product(name: "LatentZoo", package: "\(dependency.identity)")]),
        .testTarget(
          name: "\(module)Tests",
          dependencies: [
            "\(module)",
            .product(name: "LatentZooFamilies", package: "\(dependency.identity)"),
            .product(name: "LatentZooTesting", package: "\(dependency.identity)"),
          ]),
      ],
      swiftLanguageModes: [.v6]
    )

    """
  }

  /// The type that registers.
  var pluginSource: String {
    let list =
      kind == .family
      ? "families: [any ModelFamily.Type] = [\(type).self]"
      : "backbones: [any Backbone.Type] = [\(type).self]"
    return """
      import LatentZoo

      /// What this package brings to a registry.
      public enum \(plugin): ZooPlugin {
        public static let \(list)
      }

      """
  }

  /// The test.
  var testSource: String {
    let isFamily = kind == .family
    let imports = [
      isFamily ? "DenseBackbone" : "AEFamily", "LatentZoo", "LatentZooTesting", "Testing",
    ]
    let registered = isFamily ? "backbone: Dense.self" : "Autoencoder.self"
    let checked = isFamily ? "\(type).self" : "Autoencoder.self, on: \"\(name)\""
    let settings = isFamily ? "\"hiddenSizes=[12]\", \"latentSize=3\"" : "\"hiddenSize=12\""
    return """
      \(imports.map { "import \($0)" }.joined(separator: "\n"))

      @testable import \(module)

      @Suite struct \(type)Tests {
        @Test("It obeys the laws of every \(isFamily ? "family" : "backbone")")
        func laws() throws {
          let registry = Registry()
          try registry.register(\(registered), provider: "LatentZoo")
          try registry.register(plugin: \(plugin).self)
          // Small networks and few examples: what is tested is that everything fits together.
          try checkModelFamily(
            \(checked), registry: registry,
            settings: try [\(settings)].map { try Setting(parsing: $0) },
            data: try DataSource(parsing: "digits").open().train.prefix(50))
        }
      }

      """
  }

  /// The README.
  var readme: String {
    let command = kind == .family ? "\(name)-digits" : "ae-digits"
    return """
      # \(title)

      A plugin for LatentZoo: the \(kind == .family ? "family" : "backbone") `\(name)`, in
      `Sources/\(module)/\(type).swift`.

      ```sh
      latentzoo plugin build .
      latentzoo plugin install .
      latentzoo train \(trainingArguments)
      latentzoo info \(command)
      ```

      After a change, or when latentzoo itself was built anew: `latentzoo plugin build . && latentzoo plugin install . --force`.

      `swift test` holds it to the laws every architecture obeys (configuration, shapes, gradients, saving and
      loading, resuming, its graph in the checkpoint). It builds LatentZoo once, which takes some minutes.

      `latentzoo-plugin.json` says what the plugin is called and where its Swift files are. They are compiled against the
      modules of latentzoo alone, so that other packages cannot be imported there. Linked into a program of your own, the
      same package is registered by `try registry.register(plugin: \(plugin).self)`.

      """
  }
}
