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

  /// Checks the digest of each part, several at once.
  private mutating func lookAtParts(of file: CheckpointFile) throws {
    let datasets = try file.datasets()
    let isFull = depth == .full
    let intact = try Concurrently.map(datasets, costs: datasets.map(\.dataset.byteCount)) {
      part -> Result<Bool?, HDF5Error> in
      if !isFull, part.dataset.isLarge { return .success(nil) }
      return Result { () throws(HDF5Error) in
        try part.dataset.digest(SHA256Digest()) == file.checksums.digests[part.path]
      }
    }
    for ((path, dataset), outcome) in zip(datasets, intact) {
      var isIntact: Bool? = false
      switch outcome {
      case .success(let found): isIntact = found
      case .failure(let error): faults.append("\(error)")
      }
      if case .success(false) = outcome {
        faults.append("\(HDF5Error.contentDiffers(file: self.path, object: dataset.path))")
      }
      parts.append(
        Verification.Part(
          path: path, type: "\(dataset.elementType)", shape: dataset.shape,
          sha256: Checksums.hex(file.checksums.digests[path] ?? []), isIntact: isIntact))
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
      if inspection.depth == .full { try inspection.checkFinite(stored) }
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

  private mutating func checkFinite(_ weights: [String: PlainDataset]) throws {
    let path = path
    let bad = try Concurrently.map(
      Array(weights), costs: weights.values.map(\.byteCount)
    ) { name, dataset -> String? in
      var isFinite = true
      try dataset.forEachBlock(as: Float.self) { isFinite = isFinite && $0.areFinite }
      return isFinite ? nil : name
    }
    for name in bad.compactMap(\.self).sorted() {
      faults.append("\(CheckpointError.notFinite(file: path, weight: name))")
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
