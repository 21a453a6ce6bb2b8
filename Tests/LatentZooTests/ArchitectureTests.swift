import Foundation
import Testing

/// Who may import whom; the compiler alone does not keep a module from importing more.
@Suite struct ArchitectureTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The targets of `Plugins/`, one a folder.
  static let plugins: Set<String> = Set(
    (FileManager.default.enumerator(
      at: root.appendingPathComponent("Plugins"), includingPropertiesForKeys: nil,
      options: .skipsSubdirectoryDescendants)?.allObjects as? [URL] ?? [])
      .map(\.lastPathComponent))

  /// Modules of the package and C libraries that each folder may import.
  static let allowed: [String: Set<String>] = [
    "Sources/HDF5": ["CHDF5"],
    "Sources/Tensors": ["COneDNN", "CLAPACK", "CKernels"],
    "Sources/Layers": ["Tensors"],
    "Sources/Datasets": ["Tensors", "HDF5", "CPNG", "CTurboJPEG", "CZlib", "CDigits"],
    "Sources/LatentZoo": ["HDF5", "Tensors", "Layers", "Datasets"],
    "Sources/LatentZooTesting": ["LatentZoo"],
    "Sources/LatentZooCLI": plugins.union(["LatentZoo"]),
    "Plugins": ["LatentZoo"],
  ]

  static let ours: Set<String> = plugins.union([
    "CHDF5", "COneDNN", "CLAPACK", "CPNG", "CTurboJPEG", "CZlib", "CKernels", "CDigits", "HDF5",
    "Tensors", "Layers", "Datasets", "LatentZoo", "LatentZooTesting", "LatentZooCLI",
  ])

  /// Every import of a folder's Swift files, programs and manifests left out: file and module.
  private static func imports(of folder: String) throws -> [(file: String, module: String)] {
    let base = root.appendingPathComponent(folder)
    let files = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    let swift = (files?.allObjects as? [URL] ?? []).filter {
      $0.pathExtension == "swift"
        && !["main.swift", "Package.swift"].contains($0.lastPathComponent)
    }
    return try swift.flatMap { file in
      try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place < 3, place + 1 < words.count,
          words[..<place].allSatisfy({
            $0.hasPrefix("@") || ["public", "package", "internal"].contains($0)
          })
        else { return nil }
        return (file.path, String(words[place + 1]))
      }
    }
  }

  @Test("Modules import only what lies below them", arguments: Self.allowed.keys.sorted())
  func direction(_ folder: String) throws {
    let found = try Self.imports(of: folder)
    #expect(!found.isEmpty, "no imports were found below \(folder)")
    for (file, module) in found where Self.ours.contains(module) {
      #expect(Self.allowed[folder]?.contains(module) == true, "\(file) imports \(module)")
    }
  }

  @Test("Families see the public face of the zoo and Foundation, nothing else")
  func families() throws {
    for (file, module) in try Self.imports(of: "Plugins") {
      #expect(["LatentZoo", "Foundation"].contains(module), "\(file) imports \(module)")
    }
  }

  @Test(
    "Each C library is seen from one folder",
    arguments: [
      ("CHDF5", "Sources/HDF5/Library"), ("COneDNN", "Sources/Tensors/Engine"),
      ("CKernels", "Sources/Tensors/Engine"), ("CLAPACK", "Sources/Tensors/LinearAlgebra"),
      ("CPNG", "Sources/Datasets/Codecs"), ("CTurboJPEG", "Sources/Datasets/Codecs"),
      ("CZlib", "Sources/Datasets/Codecs"), ("CDigits", "Sources/Datasets/Codecs"),
    ])
  func fence(_ module: String, _ folder: String) throws {
    let users = try (Array(Self.allowed.keys)).flatMap { try Self.imports(of: $0) }
      .filter { $0.module == module }.map(\.file)
    #expect(!users.isEmpty)
    let fence = Self.root.appendingPathComponent(folder).path + "/"
    for user in users { #expect(user.hasPrefix(fence), "\(user) imports \(module)") }
  }
}
