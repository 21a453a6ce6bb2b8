/// A group: a folder inside a file.
///
/// Names may be paths, `a/b/c`, and absolute, `/a/b/c`. Only hard links are followed, so a path never
/// leads into another file.
public final class Group: AttributeOwner {
  /// The open group.
  public let reference: ObjectReference

  init(_ reference: ObjectReference) {
    self.reference = reference
  }

  /// Absolute path inside the file; `/` is the root group.
  public var path: String { reference.path }

  /// Creates a group, and the groups on its way that do not exist.
  ///
  /// - Throws: `objectExists`, `wrongKind`, `indirectLink`, `invalidName`, `closed`, `library`.
  @discardableResult
  public func createGroup(_ name: String) throws(HDF5Error) -> Group {
    let place = try vacantPlace(for: name)
    let group = try H5G.create(name, in: reference.handle, at: place)
    return Group(ObjectReference(handle: group))
  }

  /// Opens a group.
  ///
  /// - Throws: `objectNotFound`, `wrongKind`, `indirectLink`, `invalidName`, `closed`, `library`.
  public func group(_ path: String) throws(HDF5Error) -> Group {
    let place = try self.place(of: path, expected: .group)
    return Group(ObjectReference(handle: try H5G.open(path, in: reference.handle, at: place)))
  }

  /// Opens a dataset.
  ///
  /// - Throws: `objectNotFound`, `wrongKind`, `indirectLink`, `invalidName`, `closed`, `library`.
  public func dataset(_ path: String) throws(HDF5Error) -> Dataset {
    let place = try self.place(of: path, expected: .dataset)
    return try Dataset(adopting: H5D.open(path, in: reference.handle, at: place))
  }

  /// Whether there is a member of this name, be it a link to nowhere.
  ///
  /// - Throws: `indirectLink`, `invalidName`, `closed`, `library`.
  public func contains(_ path: String) throws(HDF5Error) -> Bool {
    let name = try ObjectName(path, in: reference.handle.place)
    for index in name.components.indices {
      guard try hasLink(name, index) else { return false }
      if index == name.components.count - 1 { return true }
      guard try kind(name, index) == .group else { return false }
    }
    return true
  }

  /// The members, sorted by name.
  ///
  /// - Throws: `invalidText` if a name is not UTF-8, `closed`, `library`.
  public func members() throws(HDF5Error) -> [Member] {
    var members: [Member] = []
    for (name, link) in try H5G.links(of: reference.handle) {
      var kind = Member.Kind.other
      if link == .hard {
        kind = try H5G.kind(name, in: reference.handle, at: reference.handle.place)
      }
      members.append(Member(name: name, kind: kind, link: link))
    }
    return members.sorted { $0.name < $1.name }
  }

  /// The place of an object that is to be created here.
  ///
  /// - Throws: `objectExists`, `wrongKind`, `indirectLink`, `invalidName`.
  func vacantPlace(for path: String) throws(HDF5Error) -> Place {
    let name = try ObjectName(path, in: reference.handle.place)
    guard let last = name.components.indices.last else {
      throw .invalidName(file: reference.file, name: path)
    }
    let place = name.place(through: last, in: reference.handle.place)
    for index in name.components.indices {
      guard try hasLink(name, index) else { return place }
      if index < last { try expect(.group, name, index) }
    }
    throw .objectExists(file: place.file, object: place.object)
  }

  /// The place of an object that is here, every link on the way being hard.
  private func place(of path: String, expected: Member.Kind) throws(HDF5Error) -> Place {
    let name = try ObjectName(path, in: reference.handle.place)
    guard let last = name.components.indices.last else {
      let root = Place(file: reference.file, object: "/")
      if expected == .group { return root }
      throw .wrongKind(file: root.file, object: root.object, expected: expected, found: .group)
    }
    for index in name.components.indices {
      let place = name.place(through: index, in: reference.handle.place)
      guard try hasLink(name, index) else {
        throw .objectNotFound(file: place.file, object: place.object)
      }
      try expect(index == last ? expected : .group, name, index)
    }
    return name.place(through: last, in: reference.handle.place)
  }

  private func hasLink(_ name: ObjectName, _ index: Int) throws(HDF5Error) -> Bool {
    try H5G.hasLink(
      name.prefix(through: index), in: reference.handle,
      at: name.place(through: index, in: reference.handle.place))
  }

  private func expect(
    _ expected: Member.Kind, _ name: ObjectName, _ index: Int
  ) throws(HDF5Error) {
    let found = try kind(name, index)
    guard found != expected else { return }
    let place = name.place(through: index, in: reference.handle.place)
    throw .wrongKind(file: place.file, object: place.object, expected: expected, found: found)
  }

  private func kind(_ name: ObjectName, _ index: Int) throws(HDF5Error) -> Member.Kind {
    let prefix = name.prefix(through: index)
    let place = name.place(through: index, in: reference.handle.place)
    let link = try H5G.link(prefix, in: reference.handle, at: place)
    guard link == .hard else {
      throw .indirectLink(file: place.file, object: place.object, link: link)
    }
    return try H5G.kind(prefix, in: reference.handle, at: place)
  }
}
