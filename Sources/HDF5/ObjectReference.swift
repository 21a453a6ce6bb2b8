/// An open group or dataset, as the library knows it.
public struct ObjectReference: Sendable {
  let handle: Handle

  /// Path of the file.
  public var file: String { handle.place.file }
  /// Absolute path of the object inside the file; `/` is the root group.
  public var path: String { handle.place.object }
}
