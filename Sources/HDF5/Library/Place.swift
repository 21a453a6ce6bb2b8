/// What a call is about: a file and an object inside it. Errors carry both.
struct Place: Hashable, Sendable {
  /// Path of the file.
  let file: String
  /// Absolute path of the object inside the file; `/` is the root group.
  let object: String

  /// The place of a member: `/a` and `b/c` give `/a/b/c`; an absolute path stands for itself.
  func member(_ components: [Substring], absolute: Bool) -> Place {
    let joined = components.joined(separator: "/")
    let base = absolute || object == "/" ? "" : object
    return Place(file: file, object: base + "/" + joined)
  }

  /// The place of an attribute: `/a` and `b` give `/a@b`.
  func attribute(_ name: String) -> Place {
    Place(file: file, object: object + "@" + name)
  }
}
