/// A group of a ``PlainFile``.
///
/// Names may be paths, `a/b/c`, and absolute, `/a/b/c`.
public struct PlainGroup: PlainAttributeOwner {
  let file: PlainFile
  let address: UInt64
  let place: Place

  /// Absolute path inside the file; `/` is the root group.
  public var path: String { place.object }

  /// Opens a group.
  ///
  /// - Throws: `objectNotFound`, `wrongKind`, `indirectLink`, `invalidName`, `damaged`, `unsupported`, `truncated`.
  public func group(_ path: String) throws(HDF5Error) -> PlainGroup {
    let name = try ObjectName(path, in: place)
    guard let (link, place) = try find(name) else { return file.root }
    guard case .group = try object(link, place).content else {
      throw .wrongKind(
        file: place.file, object: place.object, expected: .group, found: try kind(link, place))
    }
    return PlainGroup(file: file, address: link, place: place)
  }

  /// Opens a dataset.
  ///
  /// - Throws: `objectNotFound`, `wrongKind`, `indirectLink`, `invalidName`, `damaged`, `unsupported`, `foreignData`,
  ///   `tooLarge`, `truncated`.
  public func dataset(_ path: String) throws(HDF5Error) -> PlainDataset {
    let name = try ObjectName(path, in: place)
    guard let (link, place) = try find(name) else {
      throw .wrongKind(
        file: self.place.file, object: "/", expected: .dataset, found: .group)
    }
    guard case .dataset(let stored) = try object(link, place).content else {
      throw .wrongKind(
        file: place.file, object: place.object, expected: .dataset, found: try kind(link, place))
    }
    return PlainDataset(file: file, address: link, place: place, stored: stored)
  }

  /// Whether there is a member of this name, be it a link to nowhere.
  ///
  /// - Throws: `indirectLink`, `invalidName`, `damaged`, `unsupported`, `truncated`.
  public func contains(_ path: String) throws(HDF5Error) -> Bool {
    let name = try ObjectName(path, in: place)
    var group = name.isAbsolute ? file.root : self
    for (index, component) in name.components.enumerated() {
      guard let link = PlainLink.named(component, in: try group.links()) else {
        return false
      }
      if index == name.components.count - 1 { return true }
      let place = name.place(through: index, in: self.place)
      let address = try Self.address(of: link, place)
      guard case .group = try object(address, place).content else { return false }
      group = PlainGroup(file: file, address: address, place: place)
    }
    return true
  }

  /// The members, sorted by the bytes of their names.
  ///
  /// - Throws: `damaged`, `unsupported`, `foreignData`, `tooLarge`, `truncated`.
  public func members() throws(HDF5Error) -> [Member] {
    var members: [Member] = []
    for link in try links() {
      var kind = Member.Kind.other
      if let address = link.address {
        kind = try self.kind(address, place.member([link.name[...]], absolute: false))
      }
      members.append(
        Member(name: link.name, kind: kind, link: link.address == nil ? .soft : .hard))
    }
    return members
  }

  /// Adds all datasets below this group, with paths that begin with `prefix`.
  func collectDatasets(
    below prefix: String, depth: Int, into found: inout [(path: String, dataset: PlainDataset)]
  ) throws(HDF5Error) {
    guard depth < PlainLimits.depth else {
      throw .unsupported(
        file: place.file, object: place.object,
        feature: "more than \(PlainLimits.depth) groups inside each other")
    }
    for link in try links() {
      let place = self.place.member([link.name[...]], absolute: false)
      let address = try Self.address(of: link, place)
      switch try object(address, place).content {
      case .group:
        try PlainGroup(file: file, address: address, place: place)
          .collectDatasets(below: prefix + link.name + "/", depth: depth + 1, into: &found)
      case .dataset(let stored):
        found.append(
          (
            prefix + link.name,
            PlainDataset(file: file, address: address, place: place, stored: stored)
          ))
      case .other: break
      }
    }
  }
}

extension PlainGroup {
  /// The entries of this group.
  private func links() throws(HDF5Error) -> [PlainLink] {
    try file.core.withMetadata { (reader) throws(HDF5Error) in
      guard case .group(let tree, let heap) = try reader.object(at: address, place).content else {
        throw .damaged(file: place.file, object: place.object, reason: "it is no group")
      }
      return try reader.members(ofGroupAt: address, tree: tree, heap: heap, place)
    }
  }

  /// The object at the end of a path, every link on the way being hard; nil for the root group.
  private func find(
    _ name: ObjectName
  ) throws(HDF5Error) -> (address: UInt64, place: Place)? {
    var group = name.isAbsolute ? file.root : self
    var found: (address: UInt64, place: Place)?
    for (index, component) in name.components.enumerated() {
      if let (address, place) = found {
        guard case .group = try object(address, place).content else {
          throw .wrongKind(
            file: place.file, object: place.object, expected: .group,
            found: try kind(address, place))
        }
        group = PlainGroup(file: file, address: address, place: place)
      }
      let place = name.place(through: index, in: self.place)
      guard let link = PlainLink.named(component, in: try group.links()) else {
        throw .objectNotFound(file: place.file, object: place.object)
      }
      found = (try Self.address(of: link, place), place)
    }
    return found
  }

  private static func address(of link: PlainLink, _ place: Place) throws(HDF5Error) -> UInt64 {
    guard let address = link.address else {
      throw .indirectLink(file: place.file, object: place.object, link: .soft)
    }
    return address
  }

  private func object(_ address: UInt64, _ place: Place) throws(HDF5Error) -> StoredObject {
    try file.core.withMetadata { (reader) throws(HDF5Error) in
      try reader.object(at: address, place)
    }
  }

  private func kind(_ address: UInt64, _ place: Place) throws(HDF5Error) -> Member.Kind {
    switch try object(address, place).content {
    case .group: .group
    case .dataset: .dataset
    case .other: .other
    }
  }
}
