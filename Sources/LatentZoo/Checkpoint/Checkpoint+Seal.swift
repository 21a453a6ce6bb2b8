internal import HDF5

extension Checkpoint {
  /// Adds the list of checksums to a file that is complete otherwise, and the digest of that list.
  ///
  /// The digests are made of what is read back, without libhdf5, so its structure is checked as well; and so are the
  /// weights, for one that is no finite number must not be kept.
  ///
  /// - Parameter name: what errors call the file; its own path by default.
  /// - Throws: ``CheckpointError/notFinite(file:weight:)``, or what HDF5 says.
  static func seal(_ path: String, as name: String? = nil) throws {
    let datasets = try PlainFile.open(at: path).datasets()
    let digests = try Concurrently.map(datasets, costs: datasets.map(\.dataset.byteCount)) {
      try digest(of: $0.dataset, at: $0.path, in: name ?? path)
    }
    let paths = datasets.map(\.path)
    let text = Checksums(Dictionary(zip(paths, digests)) { first, _ in first }).text
    let file = try File.open(at: path, writable: true)
    try file.root.writeString(text, to: CheckpointFormat.checksums)
    try file.root.writeAttribute(
      Checksums.digest(of: text), to: CheckpointFormat.Attribute.digest)
    try file.close()
  }

  private static func digest(
    of dataset: PlainDataset, at path: String, in file: String
  ) throws -> [UInt8] {
    let prefix = CheckpointFormat.networks + "/"
    guard path.hasPrefix(prefix), dataset.elementType == .float32 else {
      return try dataset.digest(SHA256Digest())
    }
    var isFinite = true
    let digest = try dataset.digest(SHA256Digest()) { block in
      isFinite = isFinite && block.bindMemory(to: Float.self).areFinite
    }
    guard isFinite else {
      throw CheckpointError.notFinite(file: file, weight: String(path.dropFirst(prefix.count)))
    }
    return digest
  }
}
