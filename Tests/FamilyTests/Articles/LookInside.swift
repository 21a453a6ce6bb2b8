import LatentZoo

/// What a checkpoint says of itself, without building networks or knowing its family.
func description(ofCheckpointAt path: String) throws -> String {
  let contents = try Checkpoint.readContents(at: path)
  let record = contents.record
  let weights = contents.tensors.map { "\($0.path) \($0.shape)" }
  return """
    \(record.name): \(record.specification.family) on \(record.specification.backbone), \
    trained on \(record.data.count) examples of \(record.data.source)
    \(weights.joined(separator: "\n"))
    SHA-256 \(contents.sha256)
    """
}
