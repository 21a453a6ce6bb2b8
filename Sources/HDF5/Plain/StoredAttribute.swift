/// An attribute as it lies in the header of its object.
struct StoredAttribute: Sendable {
  let name: String
  let type: StoredType
  let shape: [Int]
  /// The elements; a string of variable length is a place in a heap.
  let bytes: ArraySlice<UInt8>

  /// Reads an attribute.
  ///
  /// - Throws: `damaged`, `unsupported`, `invalidText`.
  init(_ body: ArraySlice<UInt8>, of object: Place) throws(HDF5Error) {
    var cursor = ByteCursor(body, of: "an attribute", at: object)
    let version = try cursor.expect(version: 1...3)
    let flags = try cursor.number(UInt8.self)
    if version > 1, flags != 0 {
      throw .unsupported(
        file: object.file, object: object.object,
        feature: "an attribute whose type is shared with others")
    }
    let nameSize = Int(try cursor.number(UInt16.self))
    let typeSize = Int(try cursor.number(UInt16.self))
    let shapeSize = Int(try cursor.number(UInt16.self))
    if version == 3 { try cursor.skip(1) }
    let unit = version == 1 ? 8 : 1
    name = try StoredName.read(
      try Self.field(nameSize, unit, &cursor), what: "an attribute's name", at: object)
    let place = object.attribute(name)
    var typeCursor = ByteCursor(
      try Self.field(typeSize, unit, &cursor), of: "its type", at: place)
    var shapeCursor = ByteCursor(
      try Self.field(shapeSize, unit, &cursor), of: "its shape", at: place)
    type = try StoredType(&typeCursor)
    shape = try StoredShape.read(&shapeCursor)
    guard let count = elementCount(of: shape),
      case (let size, let overflow) = count.multipliedReportingOverflow(by: type.size),
      !overflow, size <= cursor.remaining
    else {
      throw .tooLarge(
        file: place.file, object: place.object, shape: shape, limit: UInt64(cursor.remaining))
    }
    bytes = try cursor.take(size)
  }

  /// A field and what fills it up to a multiple of `unit` bytes.
  private static func field(
    _ size: Int, _ unit: Int, _ cursor: inout ByteCursor
  ) throws(HDF5Error) -> ArraySlice<UInt8> {
    let field = try cursor.take(size)
    try cursor.skip((unit - size % unit) % unit)
    return field
  }
}

/// Names as they lie in a file.
enum StoredName {
  /// Reads a name that ends at a NUL.
  ///
  /// - Throws: `damaged`, `invalidText`.
  static func read(
    _ bytes: ArraySlice<UInt8>, what: String, at place: Place
  ) throws(HDF5Error) -> String {
    let name = bytes.prefix(PlainLimits.nameBytes + 1).prefix { $0 != 0 }
    guard name.count < bytes.count, (1...PlainLimits.nameBytes).contains(name.count) else {
      throw .damaged(
        file: place.file, object: place.object, reason: "\(what) is empty or has no end")
    }
    guard let text = String(validating: name, as: UTF8.self),
      name.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else { throw .invalidText(file: place.file, object: place.object) }
    return text
  }
}
