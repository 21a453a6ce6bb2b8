internal import CHDF5

/// Dataspaces: shapes and the blocks selected in them.
enum H5S {
  /// A new dataspace; no axes means one element.
  static func create(_ shape: [Int], at place: Place) throws(HDF5Error) -> Handle {
    let sizes = shape.map { hsize_t($0) }
    let id = try Door.call("H5Screate_simple", place) {
      sizes.isEmpty ? chdf5_scalar_space() : H5Screate_simple(Int32(sizes.count), sizes, nil)
    }
    return Handle(adopting: id, .space, place)
  }

  /// Sizes along the axes; `[0]` for a dataspace without elements.
  ///
  /// A size beyond `Int.max`, which only a damaged file has, counts as `Int.max`; the size checks
  /// before reading refuse it.
  static func shape(of space: Handle) throws(HDF5Error) -> [Int] {
    let id = try space.id()
    let place = space.place
    if try Door.call("H5Sget_simple_extent_type", place, { chdf5_space_is_null(id) }) == 1 {
      return [0]
    }
    let rank = try Door.call("H5Sget_simple_extent_ndims", place) {
      H5Sget_simple_extent_ndims(id)
    }
    var sizes = [hsize_t](repeating: 0, count: Int(rank))
    guard rank > 0 else { return [] }
    try Door.call("H5Sget_simple_extent_dims", place) {
      H5Sget_simple_extent_dims(id, &sizes, nil)
    }
    return sizes.map { Int(clamping: $0) }
  }

  /// Selects a block; start and count are already checked against the shape.
  static func select(_ block: Block, in space: Handle) throws(HDF5Error) {
    let id = try space.id()
    let start = block.start.map { hsize_t($0) }
    let count = block.count.map { hsize_t($0) }
    guard !start.isEmpty else { return }
    try Door.call("H5Sselect_hyperslab", space.place) { chdf5_select(id, start, count) }
  }
}
