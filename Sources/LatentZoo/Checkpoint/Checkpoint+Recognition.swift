internal import HDF5

extension Checkpoint {
  /// Whether there is a file at a path that is a model, be it damaged or of another version.
  public static func isCheckpoint(at path: String) -> Bool {
    do {
      let root = try PlainFile.open(at: path).root
      return try root.attributeString(CheckpointFormat.Attribute.format)
        == CheckpointFormat.identity
    } catch HDF5Error.damaged, HDF5Error.truncated {
      return true
    } catch {
      return false
    }
  }
}
