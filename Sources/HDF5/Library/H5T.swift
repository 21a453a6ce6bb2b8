internal import CHDF5

/// Element types.
enum H5T {
  /// Where a type is used: as it lies in a file, or in this machine's memory.
  enum Side {
    case file, memory
  }

  /// The library's own type for numbers, which is borrowed and never closed.
  ///
  /// - Throws: `HDF5Error.library` for types that are not numbers of ours.
  static func number(
    _ type: ElementType, in side: Side, at place: Place
  ) throws(HDF5Error) -> hid_t {
    let isFile = side == .file
    return try Door.call("H5open", place) {
      switch type {
      case .float32: isFile ? chdf5_float32() : chdf5_native_float32()
      case .float64: isFile ? chdf5_float64() : chdf5_native_float64()
      case .int64: isFile ? chdf5_int64() : chdf5_native_int64()
      case .int32: isFile ? chdf5_int32() : chdf5_native_int32()
      case .uint8: isFile ? chdf5_uint8() : chdf5_native_uint8()
      case .string, .other: -1
      }
    }
  }

  /// A new type for text: of `size` bytes per element, or of variable length for size 0.
  static func string(size: Int, isUTF8: Bool, at place: Place) throws(HDF5Error) -> Handle {
    let id = try Door.call("H5Tset_size", place) { chdf5_string_type(size, isUTF8 ? 1 : 0) }
    return Handle(adopting: id, .type, place)
  }

  /// A new type for ASCII text of `size` bytes with the NUL at its end.
  static func terminatedString(size: Int, at place: Place) throws(HDF5Error) -> Handle {
    let id = try Door.call("H5Tset_size", place) { chdf5_terminated_string_type(size) }
    return Handle(adopting: id, .type, place)
  }

  /// Which of our types this is.
  static func elementType(of type: Handle) throws(HDF5Error) -> ElementType {
    let id = try type.id()
    for known in [ElementType.float32, .float64, .int64, .int32, .uint8] {
      let candidate = try number(known, in: .file, at: type.place)
      if try Door.call("H5Tequal", type.place, { H5Tequal(id, candidate) }) > 0 { return known }
    }
    let kind = try Door.call("H5Tget_class", type.place) { chdf5_type_class(id) }
    return kind == 3 ? .string : .other(try words(for: type, class: kind))
  }

  /// Bytes of one element in memory.
  static func size(of type: Handle) throws(HDF5Error) -> Int {
    let id = try type.id()
    return Int(try Door.call("H5Tget_size", type.place) { chdf5_type_size(id) })
  }

  /// How the strings of a type are stored.
  static func stringForm(of type: Handle) throws(HDF5Error) -> StringForm {
    let id = try type.id()
    let place = type.place
    let isUTF8 = try Door.call("H5Tget_cset", place) { chdf5_string_is_utf8(id) } == 1
    if try Door.call("H5Tis_variable_str", place, { H5Tis_variable_str(id) }) > 0 {
      return .variable(isUTF8: isUTF8)
    }
    let padding = try Door.call("H5Tget_strpad", place) { chdf5_string_padding(id) }
    return .fixed(
      size: try size(of: type), padding: padding == 2 ? 0x20 : 0, endsAtNUL: padding == 0)
  }

  /// A foreign type in words, such as `16-bit unsigned integer` or `big-endian 32-bit float`.
  private static func words(for type: Handle, class kind: Int32) throws(HDF5Error) -> String {
    let id = try type.id()
    let names: [Int32: String] = [
      0: "integer", 1: "float", 2: "time", 4: "bit field", 5: "opaque", 6: "compound",
      7: "reference", 8: "enumeration", 9: "variable-length sequence", 10: "array",
    ]
    let name = names[kind, default: "unknown type"]
    guard kind == 0 || kind == 1 else { return name }
    let isBigEndian = try Door.call("H5Tget_order", type.place) { chdf5_type_order(id) } == 1
    var words = "\(8 * (try size(of: type)))-bit "
    if kind == 0, try Door.call("H5Tget_sign", type.place, { chdf5_type_signed(id) }) == 0 {
      words += "unsigned "
    }
    return (isBigEndian ? "big-endian " : "") + words + name
  }
}
