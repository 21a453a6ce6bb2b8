internal import HDF5

extension Checkpoint {
  /// Adds the list of checksums to a file that is complete otherwise, and the digest of that list.
  ///
  /// The digests are made of what is read back, without libhdf5, so its structure is checked as well.
  ///
  /// - Throws: what HDF5 says.
  static func seal(_ path: String) throws {
    let datasets = try PlainFile.open(at: path).datasets()
    let digests = try Concurrently.map(datasets, costs: datasets.map(\.dataset.byteCount)) {
      try $0.dataset.digest(SHA256Digest())
    }
    let paths = datasets.map(\.path)
    let text = Checksums(Dictionary(zip(paths, digests)) { first, _ in first }).text
    let file = try File.open(at: path, writable: true)
    try file.root.writeString(text, to: CheckpointFormat.checksums)
    try file.root.writeAttribute(
      Checksums.digest(of: text), to: CheckpointFormat.Attribute.digest)
    try file.close()
  }
}
