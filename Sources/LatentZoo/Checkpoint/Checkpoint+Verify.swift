internal import HDF5

extension Checkpoint {
  /// Looks through a file, whoever made it, and tells everything that is wrong with it.
  ///
  /// No network is built and no family needed; a few hundred KiB of memory are taken.
  public static func verify(at path: String, _ depth: Verification.Depth = .full) -> Verification {
    var inspection = Inspection(path, depth)
    inspection.run()
    return inspection.verification
  }
}

/// A verification under way.
private struct Inspection {
  private let path: String
  private let depth: Verification.Depth
  private var name: String?
  private var formatVersion: String?
  private var sha256: String?
  private var fileSize = 0
  private var parts: [Verification.Part] = []
  private var faults: [String] = []

  init(_ path: String, _ depth: Verification.Depth) {
    (self.path, self.depth) = (path, depth)
  }

  var verification: Verification {
    Verification(
      path: path, depth: depth, name: name, formatVersion: formatVersion, sha256: sha256,
      fileSize: fileSize, holds: holds, parts: parts, faults: faults)
  }

  /// The top-level names in the file, in words.
  private var holds: [String] {
    var names: [String] = []
    for part in parts {
      let top = String(part.path.prefix { $0 != "/" }).replacing("_", with: " ")
      if names.last != top { names.append(top) }
    }
    return names
  }

  mutating func run() {
    noting { inspection in
      // Sizes and versions first, for they are worth telling of a damaged file.
      let plain = try PlainFile.open(at: inspection.path)
      inspection.fileSize = Int(clamping: plain.size)
      let attribute = CheckpointFormat.Attribute.version
      if try plain.root.hasAttribute(attribute) {
        inspection.formatVersion = try plain.root.attributeString(attribute)
      }
      let file = try CheckpointFile(at: inspection.path)
      inspection.sha256 = try file.digest()
      try inspection.lookAtParts(of: file)
      inspection.lookAtRecord(of: file)
    }
  }

  /// Checks the digest of each part, several at once, and that weights are finite numbers.
  private mutating func lookAtParts(of file: CheckpointFile) throws {
    let datasets = try file.datasets()
    let looked = datasets.filter { depth == .full || !$0.dataset.isLarge }
    let taken = zip(looked.map(\.path), Fingerprint.take(of: looked.map(\.dataset)))
    let outcomes = Dictionary(taken) { first, _ in first }
    for (path, dataset) in datasets {
      let expected = file.checksums.digests[path] ?? []
      var isIntact: Bool?
      if let outcome = outcomes[path] {
        let fault = fault(of: dataset, at: path, outcome, expecting: expected)
        isIntact = fault?.isDamage != true
        if let fault { faults.append(fault.text) }
      }
      parts.append(
        Verification.Part(
          path: path, type: "\(dataset.elementType)", shape: dataset.shape,
          sha256: Checksums.hex(expected), isIntact: isIntact))
    }
  }

  /// What is wrong with a dataset, and whether its bytes are not those that were written.
  private func fault(
    of dataset: PlainDataset, at path: String, _ outcome: Result<Fingerprint, HDF5Error>,
    expecting expected: [UInt8]
  ) -> (text: String, isDamage: Bool)? {
    switch outcome {
    case .failure(let error): return ("\(error)", true)
    case .success(let found) where found.sha256 != expected:
      return ("\(HDF5Error.contentDiffers(file: self.path, object: dataset.path))", true)
    case .success(let found):
      guard !found.areFinite, let weight = Checkpoint.weight(at: path) else { return nil }
      return ("\(CheckpointError.notFinite(file: self.path, weight: weight))", false)
    }
  }

  /// Reads what opening the model would read besides weights.
  private mutating func lookAtRecord(of file: CheckpointFile) {
    noting { inspection in
      let record = try Checkpoint.readRecord(from: file, at: inspection.path)
      inspection.name = record.name
      let stored = try Checkpoint.weights(
        below: try file.root.group(CheckpointFormat.networks), prefix: "", depth: 0)
      try RecordCheck(record, inspection.path).compare(with: stored.values.map(\.shape))
      try inspection.compare(try Checkpoint.readGraph(from: file, inspection.path), with: stored)
      _ = try Checkpoint.readVocabulary(from: file, record, inspection.path)
      _ = try Checkpoint.readDensity(from: file, record, inspection.path)
    }
    noting { inspection in _ = try Checkpoint.readHistory(from: file, inspection.path) }
  }

  /// Checks that the weights a graph names are those that are stored.
  private func compare(_ graph: ModelGraph?, with stored: [String: PlainDataset]) throws {
    for (name, function) in (graph?.functions ?? [:]).sorted(by: { $0.key < $1.key }) {
      for weight in function.weights where stored[weight.name]?.shape != weight.shape {
        throw CheckpointError.malformed(
          file: path, object: CheckpointFormat.graph,
          reason: "names a weight \(weight.name) of shape \(Shape(weight.shape)) for its \(name), "
            + "which is not stored so")
      }
    }
  }

  /// Does something and notes what it throws, unless that is known already.
  private mutating func noting(_ body: (inout Inspection) throws -> Void) {
    do {
      try body(&self)
    } catch {
      let fault = "\(error)"
      if !faults.contains(fault) { faults.append(fault) }
    }
  }
}

extension PlainDataset {
  /// Whether a quick look leaves it out: weights and the optimisers' moments.
  fileprivate var isLarge: Bool {
    path.hasPrefix("/\(CheckpointFormat.networks)/") || elementType == .float32
  }
}
