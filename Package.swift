// swift-tools-version: 6.1
import PackageDescription

/// Dependencies of a model family: the public face of the zoo and nothing else.
let familyDependencies: [Target.Dependency] = ["LatentZoo"]

let package = Package(
  name: "LatentZoo",
  products: [
    .executable(name: "latentzoo", targets: ["LatentZooCLI"]),
    .executable(name: "step-benchmark", targets: ["StepBenchmark"]),
    .library(name: "LatentZoo", targets: ["LatentZoo"]),
    .library(
      name: "LatentZooFamilies",
      targets: [
        "AEFamily", "VAEFamily", "AAEFamily", "DenseBackbone", "ConvolutionalBackbone",
        "ResidualBackbone",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
  ],
  targets: [
    // C libraries: module maps, and the engine's own kernels.
    .systemLibrary(
      name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLAPACK", pkgConfig: "lapack", providers: [.apt(["liblapack-dev"])]),
    .target(name: "CKernels"),
    .target(name: "CDigits"),

    // The library, lowest layer first; imports go upwards only.
    .target(name: "HDF5", dependencies: ["CHDF5"]),
    .target(name: "Tensors", dependencies: ["COneDNN", "CLAPACK", "CKernels"]),
    .target(name: "Layers", dependencies: ["Tensors"]),
    .target(
      name: "Datasets",
      dependencies: [
        "Tensors", "HDF5", "CPNG", "CZlib", "CDigits",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "LatentZoo",
      dependencies: [
        "HDF5", "Tensors", "Layers", "Datasets",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),

    // Model families and backbones: each sees only the public API of `LatentZoo`.
    .target(name: "AEFamily", dependencies: familyDependencies, path: "Plugins/AEFamily"),
    .target(name: "VAEFamily", dependencies: familyDependencies, path: "Plugins/VAEFamily"),
    .target(name: "AAEFamily", dependencies: familyDependencies, path: "Plugins/AAEFamily"),
    .target(name: "DenseBackbone", dependencies: familyDependencies, path: "Plugins/DenseBackbone"),
    .target(
      name: "ConvolutionalBackbone", dependencies: familyDependencies,
      path: "Plugins/ConvolutionalBackbone"),
    .target(
      name: "ResidualBackbone", dependencies: familyDependencies, path: "Plugins/ResidualBackbone"),

    .executableTarget(
      name: "LatentZooCLI",
      dependencies: [
        "LatentZoo", "AEFamily", "VAEFamily", "AAEFamily", "DenseBackbone", "ConvolutionalBackbone",
        "ResidualBackbone", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .executableTarget(
      name: "StepBenchmark",
      dependencies: [
        "Tensors", "Layers", "Datasets",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Benchmarks/Steps"),

    .target(
      name: "TestSupport", dependencies: ["LatentZoo", "Tensors", "Layers"],
      path: "Tests/TestSupport"),
    .testTarget(name: "HDF5Tests", dependencies: ["HDF5"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "Layers", "TestSupport"]),
    .testTarget(
      name: "LayersTests", dependencies: ["Layers", "HDF5", "TestSupport"], exclude: ["Reference"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "HDF5", "TestSupport"]),
    .testTarget(name: "LatentZooTests", dependencies: ["LatentZoo", "HDF5", "TestSupport"]),
    .testTarget(
      name: "FamilyTests",
      dependencies: [
        "LatentZoo", "AEFamily", "VAEFamily", "AAEFamily", "DenseBackbone", "ConvolutionalBackbone",
        "ResidualBackbone", "TestSupport",
      ]),
    .testTarget(
      name: "CommandTests", dependencies: ["LatentZoo", "TestSupport"], exclude: ["Snapshots"]),
  ],
  swiftLanguageModes: [.v6]
)
