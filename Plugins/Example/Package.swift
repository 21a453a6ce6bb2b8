// swift-tools-version: 6.1
import PackageDescription

// A family of one's own, and a program that uses it with the zoo. Elsewhere the dependency
// is `.package(url: "<where LatentZoo is>", from: "<version>")`.
let package = Package(
  name: "Example",
  products: [.library(name: "NoisyFamily", targets: ["NoisyFamily"])],
  dependencies: [.package(name: "LatentZoo", path: "../..")],
  targets: [
    .target(
      name: "NoisyFamily",
      dependencies: [.product(name: "LatentZoo", package: "LatentZoo")]),
    .executableTarget(
      name: "example",
      dependencies: [
        "NoisyFamily",
        .product(name: "LatentZooFamilies", package: "LatentZoo"),
      ],
      path: "Sources/Example"),
  ],
  swiftLanguageModes: [.v6]
)
