// swift-tools-version: 6.1
import PackageDescription

/// Dependencies of a model family: the public face of the zoo and nothing else.
let familyDependencies: [Target.Dependency] = ["LatentZoo"]

/// One target each in `Plugins/`: what is trained, and how.
let families = [
  "AAEFamily", "AEFamily", "CVAEFamily", "FactorAnalysisFamily", "PCAFamily", "QuickThoughtFamily",
  "SequenceFamily",
  "SkipThoughtFamily", "VAEFamily",
]

/// One target each in `Plugins/`: what networks are made of.
let backbones = [
  "ConvolutionalBackbone", "DenseBackbone", "LinearBackbone", "RecurrentBackbone",
  "ResidualBackbone",
]

let plugins = families + backbones
let pluginDependencies = plugins.map { Target.Dependency(stringLiteral: $0) }

let package = Package(
  name: "LatentZoo",
  products: [
    .executable(name: "latentzoo", targets: ["LatentZooCLI"]),
    .executable(name: "step-benchmark", targets: ["StepBenchmark"]),
    .executable(name: "checkpoint-benchmark", targets: ["CheckpointBenchmark"]),
    .library(name: "LatentZoo", targets: ["LatentZoo"]),
    .library(name: "LatentZooFamilies", targets: plugins),
    .library(name: "LatentZooTesting", targets: ["LatentZooTesting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // `swift package generate-documentation`; no target depends on it.
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // C libraries: module maps, and the engine's own kernels.
    .systemLibrary(
      name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
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
      dependencies: ["Tensors", "HDF5", "CPNG", "CTurboJPEG", "CZlib", "CDigits"]),
    .target(
      name: "LatentZoo",
      dependencies: ["HDF5", "Tensors", "Layers", "Datasets"]),

    // The laws that every family and backbone obeys, for the tests of ours and of others'.
    .target(name: "LatentZooTesting", dependencies: ["LatentZoo"]),

    .executableTarget(
      name: "LatentZooCLI",
      dependencies: [
        "LatentZoo", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
        + pluginDependencies,
      // Architectures loaded at run time bind to the command's own copy of the library. On the executable alone: a flag on a
      // library would bar the package as a dependency.
      linkerSettings: [
        .unsafeFlags(["-Xlinker", "--export-dynamic"], .when(platforms: [.linux]))
      ]),

    .executableTarget(
      name: "StepBenchmark",
      dependencies: [
        "Tensors", "Layers", "Datasets",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Benchmarks/Steps"),

    .executableTarget(
      name: "CheckpointBenchmark",
      dependencies: [
        "LatentZoo", "AEFamily", "DenseBackbone",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Benchmarks/Checkpoints"),

    .target(
      name: "TestSupport",
      dependencies: ["LatentZoo", "LatentZooTesting", "Tensors", "Layers", "HDF5"],
      path: "Tests/TestSupport"),
    .testTarget(name: "HDF5Tests", dependencies: ["HDF5"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "Layers", "TestSupport"]),
    .testTarget(
      name: "LayersTests", dependencies: ["Layers", "HDF5", "TestSupport"], exclude: ["Reference"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "HDF5", "TestSupport"]),
    .testTarget(name: "LatentZooTests", dependencies: ["LatentZoo", "HDF5", "TestSupport"]),
    .testTarget(
      name: "FamilyTests",
      dependencies: ["LatentZoo", "LatentZooTesting", "TestSupport"] + pluginDependencies,
      exclude: ["Golden"]),
    .testTarget(
      name: "CommandTests", dependencies: ["LatentZoo", "TestSupport"], exclude: ["Snapshots"]),
  ]
    // Model families and backbones: each sees only the public API of `LatentZoo`.
    + plugins.map {
      .target(name: $0, dependencies: familyDependencies, path: "Plugins/\($0)")
    },
  swiftLanguageModes: [.v6]
)
