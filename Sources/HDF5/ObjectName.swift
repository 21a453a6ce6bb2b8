/// A path inside a file, split at its slashes.
struct ObjectName {
  /// The parts, none of them empty.
  let components: [Substring]
  /// Whether the path starts at the root group.
  let isAbsolute: Bool

  /// Checks and splits a path: `a/b`, `/a/b`, or `/` for the root group.
  ///
  /// - Throws: `HDF5Error.invalidName` for no parts, empty ones, `.`, or a NUL.
  init(_ name: String, in place: Place) throws(HDF5Error) {
    isAbsolute = name.hasPrefix("/")
    let path = isAbsolute ? name.dropFirst() : name[...]
    components =
      isAbsolute && path.isEmpty
      ? []
      : path.split(
        separator: "/", omittingEmptySubsequences: false)
    if name.utf8.contains(0) || components.contains(where: { $0.isEmpty || $0 == "." }) {
      throw .invalidName(file: place.file, name: name)
    }
  }

  /// The path up to and including one part, as HDF5 takes it.
  func prefix(through index: Int) -> String {
    (isAbsolute ? "/" : "") + components[...index].joined(separator: "/")
  }

  /// The place of the object at the end of `prefix(through:)`.
  func place(through index: Int, in group: Place) -> Place {
    group.member(Array(components[...index]), absolute: isAbsolute)
  }
}
