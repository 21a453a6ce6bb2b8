// swift-tools-version: 6.1
import PackageDescription

// A program of one's own that brings a family and uses the zoo. Elsewhere than in this repository, the dependency is
// `.package(url: "<where the repository is>", from: "<version>")`.
let package = Package(
  name: "Example",
  products: [.library(name: "NoisyAutoencoder", targets: ["NoisyAutoencoder"])],
  dependencies: [.package(name: "LatentZoo", path: "../..")],
  targets: [
    .target(
      name: "NoisyAutoencoder",
      dependencies: [.product(name: "LatentZoo", package: "LatentZoo")]),
    .executableTarget(
      name: "example",
      dependencies: [
        "NoisyAutoencoder",
        .product(name: "LatentZooFamilies", package: "LatentZoo"),
      ],
      path: "Sources/Example"),
  ],
  swiftLanguageModes: [.v6]
)
