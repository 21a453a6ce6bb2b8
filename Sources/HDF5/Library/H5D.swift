internal import CHDF5

/// Datasets.
enum H5D {
  /// Creates a dataset and the groups on its way.
  static func create(
    _ path: String, in group: Handle, type: hid_t, shape: [Int], storage: DatasetStorage,
    filled: Bool, at place: Place
  ) throws(HDF5Error) -> Handle {
    let space = try H5S.create(shape, at: place)
    let link = try H5P.link(place)
    let creation = try H5P.dataset(storage, filled: filled, at: place)
    let groupID = try group.id()
    let (spaceID, linkID, creationID) = (try space.id(), try link.id(), try creation.id())
    let id = try Door.call("H5Dcreate2", place) {
      H5Dcreate2(groupID, path, type, spaceID, linkID, creationID, 0)
    }
    return Handle(adopting: id, .dataset, place, in: group.file ?? group)
  }

  /// Opens a dataset by a path that has been checked link by link.
  static func open(_ path: String, in group: Handle, at place: Place) throws(HDF5Error) -> Handle {
    let id = try group.id()
    let opened = try Door.call("H5Dopen2", place) { H5Dopen2(id, path, 0) }
    return Handle(adopting: opened, .dataset, place, in: group.file ?? group)
  }

  /// Layout and filters.
  static func storage(
    of dataset: Handle
  ) throws(HDF5Error) -> (layout: Layout, filters: [String]) {
    let id = try dataset.id()
    let list = try Door.call("H5Dget_create_plist", dataset.place) { H5Dget_create_plist(id) }
    return try H5P.storage(of: Handle(adopting: list, .propertyList, dataset.place))
  }

  /// The dataspace.
  static func space(of dataset: Handle) throws(HDF5Error) -> Handle {
    let id = try dataset.id()
    let space = try Door.call("H5Dget_space", dataset.place) { H5Dget_space(id) }
    return Handle(adopting: space, .space, dataset.place)
  }

  /// The element type.
  static func type(of dataset: Handle) throws(HDF5Error) -> Handle {
    let id = try dataset.id()
    let type = try Door.call("H5Dget_type", dataset.place) { H5Dget_type(id) }
    return Handle(adopting: type, .type, dataset.place)
  }

  /// First byte of the data in the file, nil where they are not one allocated byte range.
  static func offset(of dataset: Handle) throws(HDF5Error) -> UInt64? {
    let id = try dataset.id()
    var offset: Int64 = -1
    try Door.call("H5Dget_offset", dataset.place) {
      offset = chdf5_offset(id)
      return Int32(0)
    }
    return UInt64(exactly: offset)
  }

  /// Bytes the data take in the file, after filters.
  static func storageSize(of dataset: Handle) throws(HDF5Error) -> UInt64 {
    let id = try dataset.id()
    return UInt64(
      try Door.call("H5Dget_storage_size", dataset.place) { chdf5_storage_size(id) })
  }

  /// Bytes that the variable-length strings of a dataset take in memory, each with its NUL; the
  /// dataset must have an axis.
  static func variableSize(
    of dataset: Handle, type: Handle, space: Handle
  ) throws(HDF5Error) -> UInt64 {
    let (id, typeID, spaceID) = (try dataset.id(), try type.id(), try space.id())
    var size: hsize_t = 0
    try Door.call("H5Dvlen_get_buf_size", dataset.place) {
      H5Dvlen_get_buf_size(id, typeID, spaceID, &size)
    }
    return size
  }

  /// Reads elements into memory of at least `count` elements of the memory type.
  ///
  /// - Parameters:
  ///   - block: The part to read, checked by the caller; nil for all.
  ///   - count: Number of elements; HDF5 refuses if the selection has another.
  static func read(
    _ dataset: Handle, block: Block?, count: Int, type: hid_t, into bytes: UnsafeMutableRawPointer
  ) throws(HDF5Error) {
    let (fileSpace, memorySpace) = try spaces(dataset, block: block, count: count)
    let (id, memoryID) = (try dataset.id(), try memorySpace.id())
    let fileID = try fileSpace.id()
    try Door.call("H5Dread", dataset.place) { H5Dread(id, type, memoryID, fileID, 0, bytes) }
  }

  /// Writes `count` elements of the memory type.
  static func write(
    _ dataset: Handle, block: Block?, count: Int, type: hid_t, from bytes: UnsafeRawPointer
  ) throws(HDF5Error) {
    let (fileSpace, memorySpace) = try spaces(dataset, block: block, count: count)
    let (id, memoryID) = (try dataset.id(), try memorySpace.id())
    let fileID = try fileSpace.id()
    try Door.call("H5Dwrite", dataset.place) { H5Dwrite(id, type, memoryID, fileID, 0, bytes) }
  }

  /// The selection in the file, and one axis of `count` elements in memory.
  private static func spaces(
    _ dataset: Handle, block: Block?, count: Int
  ) throws(HDF5Error) -> (file: Handle, memory: Handle) {
    let fileSpace = try space(of: dataset)
    if let block { try H5S.select(block, in: fileSpace) }
    return (fileSpace, try H5S.create([count], at: dataset.place))
  }
}
