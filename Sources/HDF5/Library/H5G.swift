internal import CHDF5

/// Groups and the links in them.
enum H5G {
  /// Opens a group by a path that has been checked link by link.
  static func open(_ path: String, in group: Handle, at place: Place) throws(HDF5Error) -> Handle {
    let id = try group.id()
    let opened = try Door.call("H5Gopen2", place) { H5Gopen2(id, path, 0) }
    return Handle(adopting: opened, .group, place, in: group.file ?? group)
  }

  /// Creates a group and the groups on its way.
  static func create(
    _ path: String, in group: Handle, at place: Place
  ) throws(HDF5Error) -> Handle {
    let id = try group.id()
    let link = try H5P.link(place)
    let settings = try link.id()
    let created = try Door.call("H5Gcreate2", place) { H5Gcreate2(id, path, settings, 0, 0) }
    return Handle(adopting: created, .group, place, in: group.file ?? group)
  }

  /// Whether the last link of a path exists; the others must.
  static func hasLink(_ path: String, in group: Handle, at place: Place) throws(HDF5Error) -> Bool {
    let id = try group.id()
    return try Door.call("H5Lexists", place) { H5Lexists(id, path, 0) } > 0
  }

  /// Kind of the last link of a path.
  static func link(
    _ path: String, in group: Handle, at place: Place
  ) throws(HDF5Error) -> Member.Link {
    let id = try group.id()
    return links[Int(try Door.call("H5Lget_info", place) { chdf5_link(id, path) })]
  }

  /// Kind of the object a path of hard links leads to.
  static func kind(
    _ path: String, in group: Handle, at place: Place
  ) throws(HDF5Error) -> Member.Kind {
    let id = try group.id()
    return kinds[Int(try Door.call("H5Oget_info_by_name", place) { chdf5_object(id, path) })]
  }

  /// Names and links of all members, in no order to rely on.
  static func links(
    of group: Handle
  ) throws(HDF5Error) -> [(name: String, link: Member.Link)] {
    let id = try group.id()
    var visited = Visited()
    try Door.call("H5Literate", group.place) {
      withUnsafeMutablePointer(to: &visited) { chdf5_each_link(id, Visited.visit, $0) }
    }
    return try visited.entries(at: group.place).map { ($0.name, links[Int($0.kind)]) }
  }

  private static let links: [Member.Link] = [.hard, .soft, .external, .userDefined]
  private static let kinds: [Member.Kind] = [.group, .dataset, .other]
}

/// Collects what a walk over links or attributes meets.
struct Visited {
  private var found: [(name: String, kind: Int32)] = []
  private var hasInvalidName = false

  /// The function HDF5 calls with each name; the context is a pointer to a `Visited`.
  static let visit:
    @convention(c) (UnsafePointer<CChar>?, Int32, UnsafeMutableRawPointer?) -> Int32 =
      { name, kind, context in
        guard let name, let context else { return 0 }
        let visited = context.assumingMemoryBound(to: Visited.self)
        if let text = String(validatingCString: name) {
          visited.pointee.found.append((text, kind))
        } else {
          visited.pointee.hasInvalidName = true
        }
        return 0
      }

  /// What was met.
  ///
  /// - Throws: `HDF5Error.invalidText` if a name is not UTF-8.
  func entries(at place: Place) throws(HDF5Error) -> [(name: String, kind: Int32)] {
    if hasInvalidName { throw .invalidText(file: place.file, object: place.object) }
    return found
  }
}
