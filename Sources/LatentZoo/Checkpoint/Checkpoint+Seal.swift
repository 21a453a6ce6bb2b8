internal import HDF5

extension Checkpoint {
  /// Adds the list of checksums to a file that is complete otherwise, and the digest of that list.
  ///
  /// Digests that are not known from memory are made of what is read back, without libhdf5; the structure is checked in any
  /// case, and so are the weights, for one that is no finite number must not be kept.
  ///
  /// - Parameters:
  ///   - name: what errors call the file; its own path by default.
  ///   - known: digests of large weights that were made while the file was written.
  /// - Throws: ``CheckpointError/notFinite(file:weight:)``, or what HDF5 says.
  static func seal(
    _ path: String, as name: String? = nil, knowing known: [String: EarlyDigests.Digest] = [:]
  ) throws {
    let datasets = try PlainFile.open(at: path).datasets()
    let digests = try Concurrently.map(
      datasets, costs: datasets.map { known[$0.path] == nil ? $0.dataset.byteCount : 0 }
    ) {
      if let digest = try known[$0.path]?.sha256(of: $0.dataset, at: $0.path, in: name ?? path) {
        return digest
      }
      return try digest(of: $0.dataset, at: $0.path, in: name ?? path)
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

extension EarlyDigests.Digest {
  /// The digest, if it is that of a dataset; `nil` where the dataset must be read again.
  ///
  /// - Throws: ``CheckpointError/notFinite(file:weight:)``.
  fileprivate func sha256(
    of dataset: PlainDataset, at path: String, in file: String
  ) throws(CheckpointError) -> [UInt8]? {
    guard dataset.byteCount == count else { return nil }
    guard areFinite else {
      throw .notFinite(
        file: file, weight: String(path.dropFirst(CheckpointFormat.networks.count + 1)))
    }
    return sha256
  }
}
