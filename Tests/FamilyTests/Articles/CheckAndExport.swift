import LatentZoo

/// Writes the networks of a checkpoint for ONNX Runtime, once every byte of the file was found right.
func exportChecked(_ path: String, to folder: String) throws -> [String] {
  let found = Checkpoint.verify(at: path, .full)
  guard found.isSound else { return found.faults }
  let exporter = try ModelExporter(checkpoint: path)
  for part in exporter.parts {
    try exporter.writeONNX(part, to: "\(folder)/\(exporter.record.name).\(part.rawValue).onnx")
  }
  return []
}
