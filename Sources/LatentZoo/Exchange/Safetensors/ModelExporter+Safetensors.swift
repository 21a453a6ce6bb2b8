extension ModelExporter {
  /// Writes every weight in the safetensors format.
  ///
  /// - Parameters:
  ///   - path: the `.safetensors` file, which is replaced.
  ///   - separator: between the parts of a name; a dot gives the names of PyTorch's `state_dict`.
  /// - Throws: ``CheckpointError``, `DatasetError` or what HDF5 says; a file that is there stays as it was.
  public func writeSafetensors(to path: String, separator: Character = ".") throws {
    let weights = try weights(named: tensors.map(\.path))
    let named = weights.map { name, value in
      (name: name.replacing("/", with: String(separator)), value: value)
    }
    // PyTorch's tools look for this word.
    let metadata = try metadata().merging(["format": "pt"]) { $1 }
    try SafetensorsFile.write(named, metadata: metadata, to: path)
  }
}
