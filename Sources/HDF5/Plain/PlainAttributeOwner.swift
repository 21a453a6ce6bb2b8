/// A group or dataset of a ``PlainFile``: what has attributes, small values with a name.
public protocol PlainAttributeOwner: Sendable {
  /// Absolute path inside the file; `/` is the root group.
  var path: String { get }
  /// The attributes with what is needed to read them.
  ///
  /// - Throws: as opening the object.
  var attributes: PlainAttributes { get throws(HDF5Error) }
}

/// The attributes of one object.
public struct PlainAttributes: Sendable {
  let file: PlainFile
  let place: Place
  let stored: [StoredAttribute]

  /// The attribute of a name.
  ///
  /// - Throws: `objectNotFound`.
  func attribute(_ name: String) throws(HDF5Error) -> StoredAttribute {
    guard let attribute = stored.first(where: { $0.name == name }) else {
      throw .objectNotFound(file: place.file, object: place.attribute(name).object)
    }
    return attribute
  }
}

extension PlainAttributeOwner {
  /// Names of the attributes, sorted.
  ///
  /// - Throws: as opening the object.
  public func attributeNames() throws(HDF5Error) -> [String] {
    try attributes.stored.map(\.name).sorted()
  }

  /// Whether there is an attribute of this name.
  ///
  /// - Throws: as opening the object.
  public func hasAttribute(_ name: String) throws(HDF5Error) -> Bool {
    try attributes.stored.contains { $0.name == name }
  }

  /// Reads an attribute that is one string.
  ///
  /// - Throws: `wrongCount` unless there is one element, and what `attributeStrings(_:)` throws.
  public func attributeString(_ name: String) throws(HDF5Error) -> String {
    let strings = try attributeStrings(name)
    guard strings.count == 1, let string = strings.first else {
      throw try wrongCount(name, expected: strings.count)
    }
    return string
  }

  /// Reads the strings of an attribute.
  ///
  /// - Throws: `objectNotFound`, `wrongType`, `textTooLong`, `invalidText`, `damaged`.
  public func attributeStrings(_ name: String) throws(HDF5Error) -> [String] {
    let attributes = try attributes
    let attribute = try attributes.attribute(name)
    let place = attributes.place.attribute(name)
    guard let form = attribute.type.text else {
      throw .wrongType(
        file: place.file, object: place.object, expected: .string, found: attribute.type.element)
    }
    return try PlainText(attributes.file, place, limit: PlainLimits.textBytes)
      .strings(form, elements: attribute.bytes)
  }

  /// Reads an attribute that is one number.
  ///
  /// - Throws: `wrongCount` unless there is one element, and what `attributeValues(_:as:)` throws.
  public func attributeValue<T: Scalar>(
    _ name: String, as type: T.Type = T.self
  ) throws(HDF5Error) -> T {
    let values = try attributeValues(name, as: type)
    guard values.count == 1, let value = values.first else {
      throw try wrongCount(name, expected: values.count)
    }
    return value
  }

  /// Reads the numbers of an attribute.
  ///
  /// - Throws: `objectNotFound`, `wrongType`.
  public func attributeValues<T: Scalar>(
    _ name: String, as type: T.Type = T.self
  ) throws(HDF5Error) -> [T] {
    let attributes = try attributes
    let attribute = try attributes.attribute(name)
    let place = attributes.place.attribute(name)
    guard attribute.type.element == T.elementType else {
      throw .wrongType(
        file: place.file, object: place.object, expected: T.elementType,
        found: attribute.type.element)
    }
    let count = attribute.bytes.count / MemoryLayout<T>.size
    return [T](unsafeUninitializedCapacity: count) { buffer, filled in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: attribute.bytes)
      filled = count
    }
  }

  private func wrongCount(_ name: String, expected: Int) throws(HDF5Error) -> HDF5Error {
    let place = try attributes.place.attribute(name)
    return .wrongCount(file: place.file, object: place.object, expected: expected, found: 1)
  }
}

extension PlainGroup {
  public var attributes: PlainAttributes {
    get throws(HDF5Error) {
      let object = try file.core.withMetadata { (reader) throws(HDF5Error) in
        try reader.object(at: address, place)
      }
      return PlainAttributes(file: file, place: place, stored: object.attributes)
    }
  }
}
