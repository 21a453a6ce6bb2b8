extension Checkpoint {
  /// Whether there is a file at a path that is a model, be it damaged or of another version.
  public static func isCheckpoint(at path: String) -> Bool {
    do {
      _ = try readRecord(at: path)
      return true
    } catch CheckpointError.notACheckpoint {
      return false
    } catch {
      return error is CheckpointError
    }
  }
}
