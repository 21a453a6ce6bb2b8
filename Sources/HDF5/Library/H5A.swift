internal import CHDF5

/// Attributes.
enum H5A {
  /// Names of the attributes of an object, in no order to rely on.
  static func names(of object: Handle) throws(HDF5Error) -> [String] {
    let id = try object.id()
    var visited = Visited()
    try Door.call("H5Aiterate2", object.place) {
      withUnsafeMutablePointer(to: &visited) { chdf5_each_attribute(id, Visited.visit, $0) }
    }
    return try visited.entries(at: object.place).map(\.name)
  }

  /// Whether an object has an attribute.
  static func exists(_ name: String, on object: Handle) throws(HDF5Error) -> Bool {
    let id = try object.id()
    let place = object.place.attribute(name)
    return try Door.call("H5Aexists", place) { H5Aexists(id, name) } > 0
  }

  /// Opens an attribute.
  static func open(_ name: String, on object: Handle) throws(HDF5Error) -> Handle {
    let id = try object.id()
    let place = object.place.attribute(name)
    let opened = try Door.call("H5Aopen", place) { H5Aopen(id, name, 0) }
    return Handle(adopting: opened, .attribute, place, in: object.file ?? object)
  }

  /// Creates an attribute, in place of one of the same name.
  static func create(
    _ name: String, on object: Handle, type: hid_t, shape: [Int]
  ) throws(HDF5Error) -> Handle {
    let place = object.place.attribute(name)
    let space = try H5S.create(shape, at: place)
    let (id, spaceID) = (try object.id(), try space.id())
    if try exists(name, on: object) {
      try Door.call("H5Adelete", place) { H5Adelete(id, name) }
    }
    let created = try Door.call("H5Acreate2", place) { H5Acreate2(id, name, type, spaceID, 0, 0) }
    return Handle(adopting: created, .attribute, place, in: object.file ?? object)
  }

  /// The dataspace.
  static func space(of attribute: Handle) throws(HDF5Error) -> Handle {
    let id = try attribute.id()
    let space = try Door.call("H5Aget_space", attribute.place) { H5Aget_space(id) }
    return Handle(adopting: space, .space, attribute.place)
  }

  /// The element type.
  static func type(of attribute: Handle) throws(HDF5Error) -> Handle {
    let id = try attribute.id()
    let type = try Door.call("H5Aget_type", attribute.place) { H5Aget_type(id) }
    return Handle(adopting: type, .type, attribute.place)
  }

  /// Reads all elements; the memory must hold them.
  static func read(
    _ attribute: Handle, type: hid_t, into bytes: UnsafeMutableRawPointer
  ) throws(HDF5Error) {
    let id = try attribute.id()
    try Door.call("H5Aread", attribute.place) { H5Aread(id, type, bytes) }
  }

  /// Writes all elements.
  static func write(
    _ attribute: Handle, type: hid_t, from bytes: UnsafeRawPointer
  ) throws(HDF5Error) {
    let id = try attribute.id()
    try Door.call("H5Awrite", attribute.place) { H5Awrite(id, type, bytes) }
  }
}
