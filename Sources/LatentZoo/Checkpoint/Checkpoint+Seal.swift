internal import HDF5

extension Checkpoint {
  /// Adds the list of checksums to a file that is complete otherwise, and the digest of that list.
  ///
  /// Digests that are not known from memory are made of what is read back, without libhdf5; the structure is checked in any
  /// case, and so are the weights, for one that is no finite number must not be kept.
  ///
  /// - Parameters:
  ///   - name: what errors call the file; its own path by default.
  ///   - known: what is known of large weights since the file was written, by path.
  /// - Throws: ``CheckpointError/notFinite(file:weight:)``, or what HDF5 says.
  static func seal(
    _ path: String, as name: String? = nil, knowing known: [String: Fingerprint] = [:]
  ) throws {
    let datasets = try PlainFile.open(at: path).datasets()
    let unknown = datasets.filter { known[$0.path]?.count != $0.dataset.byteCount }
    var fingerprints = known
    for (part, outcome) in zip(unknown, Fingerprint.take(of: unknown.map(\.dataset))) {
      fingerprints[part.path] = try outcome.get()
    }
    for (object, fingerprint) in fingerprints.sorted(by: { $0.key < $1.key }) {
      if let weight = weight(at: object), !fingerprint.areFinite {
        throw CheckpointError.notFinite(file: name ?? path, weight: weight)
      }
    }
    let text = Checksums(fingerprints.mapValues(\.sha256)).text
    let file = try File.open(at: path, writable: true)
    try file.root.writeString(text, to: CheckpointFormat.checksums)
    try file.root.writeAttribute(
      Checksums.digest(of: text), to: CheckpointFormat.Attribute.digest)
    try file.close()
  }

  /// Name of the weight that lies at a path, `nil` where something else does.
  static func weight(at path: String) -> String? {
    let prefix = CheckpointFormat.networks + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }
}
