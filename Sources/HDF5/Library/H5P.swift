internal import CHDF5

/// Property lists: settings for files, links and datasets.
enum H5P {
  /// Settings for opening or creating a file.
  static func fileAccess(
    alignment: Int, threshold: Int, at place: Place
  ) throws(HDF5Error) -> Handle {
    let list = try create(place) { chdf5_class_file_access() }
    let id = try list.id()
    try Door.call("H5Pset_alignment", place) {
      chdf5_set_access(id, UInt64(max(threshold, 1)), UInt64(max(alignment, 1)))
    }
    return list
  }

  /// Settings for a new link, which makes the groups on its way.
  static func link(_ place: Place) throws(HDF5Error) -> Handle {
    let list = try create(place) { chdf5_class_link_create() }
    let id = try list.id()
    let isASCII = place.object.utf8.allSatisfy { $0 < 0x80 }
    try Door.call("H5Pset_char_encoding", place) { chdf5_set_link(id, isASCII ? 0 : 1) }
    return list
  }

  /// Settings for a new dataset.
  ///
  /// - Parameters:
  ///   - storage: Where the elements lie; already checked against the shape.
  ///   - filled: Whether elements are zero until they are written.
  static func dataset(
    _ storage: DatasetStorage, filled: Bool, at place: Place
  ) throws(HDF5Error) -> Handle {
    let list = try create(place) { chdf5_class_dataset_create() }
    let id = try list.id()
    try Door.call("H5Pset_fill_time", place) { chdf5_set_creation(id, filled ? 1 : 0) }
    guard case .chunked(let shape, let deflate) = storage else { return list }
    let sizes = shape.map { hsize_t($0) }
    try Door.call("H5Pset_chunk", place) { H5Pset_chunk(id, Int32(sizes.count), sizes) }
    if deflate > 0 {
      try Door.call("H5Pset_deflate", place) { H5Pset_deflate(id, UInt32(deflate)) }
    }
    return list
  }

  /// Layout and filters of a dataset, from its creation settings.
  static func storage(of list: Handle) throws(HDF5Error) -> (layout: Layout, filters: [String]) {
    let id = try list.id()
    let layouts: [Layout] = [.contiguous, .chunked, .compact, .virtual, .external]
    let layout = try Door.call("H5Pget_layout", list.place) { chdf5_layout(id) }
    let count = try Door.call("H5Pget_nfilters", list.place) { H5Pget_nfilters(id) }
    var filters: [String] = []
    for index in 0..<UInt32(count) {
      let filter = try Door.call("H5Pget_filter2", list.place) { chdf5_filter(id, index) }
      filters.append(name(ofFilter: filter))
    }
    return (layouts[Int(layout)], filters)
  }

  /// Name of a filter by its registered number; the name in the file is the writer's claim only.
  private static func name(ofFilter number: Int32) -> String {
    switch number {
    case 1: "deflate"
    case 2: "shuffle"
    case 3: "fletcher32"
    case 4: "szip"
    case 5: "nbit"
    case 6: "scaleoffset"
    default: "filter \(number)"
    }
  }

  private static func create(
    _ place: Place, _ class: () -> hid_t
  ) throws(HDF5Error) -> Handle {
    let id = try Door.call("H5Pcreate", place) { H5Pcreate(`class`()) }
    return Handle(adopting: id, .propertyList, place)
  }
}
