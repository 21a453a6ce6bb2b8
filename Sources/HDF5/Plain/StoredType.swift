/// Type of elements as a file describes it.
struct StoredType: Sendable {
  /// Which of our types it is.
  let element: ElementType
  /// Bytes of one element in the file.
  let size: Int
  /// How strings are stored; nil for other elements.
  let text: StringForm?

  /// Reads a description of a type.
  ///
  /// - Throws: `damaged`, `unsupported`.
  init(_ cursor: inout ByteCursor) throws(HDF5Error) {
    let kind = try cursor.number(UInt8.self)
    let version = kind >> 4
    guard (1...3).contains(version) else {
      throw .unsupported(
        file: cursor.place.file, object: cursor.place.object,
        feature: "a type of version \(version)")
    }
    let flags = (
      try cursor.number(UInt8.self), try cursor.number(UInt8.self), try cursor.number(UInt8.self)
    )
    size = Int(try cursor.number(UInt32.self))
    guard size > 0 else { throw cursor.damaged("has elements of no bytes") }
    switch kind & 15 {
    case 0:
      element = try Self.integer(flags, size, &cursor)
      text = nil
    case 1:
      element = try Self.float(flags, size, &cursor)
      text = nil
    case 3:
      element = .string
      let padding: UInt8 = flags.0 & 15 == 2 ? 0x20 : 0
      text = .fixed(size: size, padding: padding, endsAtNUL: flags.0 & 15 == 0)
    case 9 where flags.0 & 15 == 1:
      guard size == 16 else { throw cursor.damaged("has strings of another size than 16") }
      element = .string
      text = .variable(isUTF8: flags.1 & 15 == 1)
    default:
      element = .other(Self.names[kind & 15, default: "unknown type"])
      text = nil
    }
  }

  private static func integer(
    _ flags: (UInt8, UInt8, UInt8), _ size: Int, _ cursor: inout ByteCursor
  ) throws(HDF5Error) -> ElementType {
    let offset = try cursor.number(UInt16.self)
    let precision = try cursor.number(UInt16.self)
    let isWhole = offset == 0 && Int(precision) == 8 * size
    switch (size, flags.0, isWhole) {
    case (8, 0x08, true): return .int64
    case (4, 0x08, true): return .int32
    case (1, 0x00, true), (1, 0x01, true): return .uint8
    default:
      let sign = flags.0 & 8 == 0 ? "unsigned " : ""
      return .other("\(order(flags.0))\(8 * size)-bit \(sign)integer")
    }
  }

  private static func float(
    _ flags: (UInt8, UInt8, UInt8), _ size: Int, _ cursor: inout ByteCursor
  ) throws(HDF5Error) -> ElementType {
    let fields = try cursor.take(8).map { Int($0) }
    let bias = try cursor.number(UInt32.self)
    guard flags.0 == 0x20, flags.2 == 0 else {
      return .other("\(order(flags.0))\(8 * size)-bit float")
    }
    switch (size, flags.1, bias) {
    case (4, 31, 127) where fields == [0, 0, 32, 0, 23, 8, 0, 23]: return .float32
    case (8, 63, 1023) where fields == [0, 0, 64, 0, 52, 11, 0, 52]: return .float64
    default: return .other("\(8 * size)-bit float")
    }
  }

  private static func order(_ flags: UInt8) -> String { flags & 1 == 1 ? "big-endian " : "" }

  private static let names: [UInt8: String] = [
    2: "time", 4: "bit field", 5: "opaque", 6: "compound", 7: "reference", 8: "enumeration",
    9: "variable-length sequence", 10: "array",
  ]
}
