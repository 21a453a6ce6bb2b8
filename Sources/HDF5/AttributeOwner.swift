/// A group or dataset: what attributes, small values with a name, can be attached to.
///
/// An attribute ends at 64 KiB; longer values belong into datasets.
public protocol AttributeOwner: Sendable {
  /// The open object.
  var reference: ObjectReference { get }
}

extension AttributeOwner {
  /// Names of the attributes, sorted.
  ///
  /// - Throws: `invalidText` if a name is not UTF-8, `closed`, `library`.
  public func attributeNames() throws(HDF5Error) -> [String] {
    try H5A.names(of: reference.handle).sorted()
  }

  /// Whether there is an attribute of this name.
  ///
  /// - Throws: `invalidName`, `closed`, `library`.
  public func hasAttribute(_ name: String) throws(HDF5Error) -> Bool {
    try check(name)
    return try H5A.exists(name, on: reference.handle)
  }

  /// Reads an attribute that is one number.
  ///
  /// - Throws: `wrongCount` unless there is one element, and what `attributeValues(_:as:)` throws.
  public func attributeValue<T: Scalar>(
    _ name: String, as type: T.Type = T.self
  ) throws(HDF5Error) -> T {
    let values = try attributeValues(name, as: type)
    guard values.count == 1, let value = values.first else {
      throw wrongCount(name, expected: values.count, found: 1)
    }
    return value
  }

  /// Reads the numbers of an attribute.
  ///
  /// - Throws: `objectNotFound`, `wrongType`, `tooLarge`, `invalidName`, `closed`, `library`.
  public func attributeValues<T: Scalar>(
    _ name: String, as type: T.Type = T.self
  ) throws(HDF5Error) -> [T] {
    let attribute = try openAttribute(name)
    let place = attribute.place
    let found = try H5T.elementType(of: H5A.type(of: attribute))
    guard found == T.elementType else {
      throw .wrongType(
        file: place.file, object: place.object, expected: T.elementType, found: found)
    }
    let count = try checkedCount(attribute, elementSize: MemoryLayout<T>.size)
    return try [T](unsafeUninitializedCapacity: count) { buffer, filled throws(HDF5Error) in
      guard count > 0, let base = buffer.baseAddress else { return }
      let memory = try H5T.number(T.elementType, in: .memory, at: place)
      try H5A.read(attribute, type: memory, into: base)
      filled = count
    }
  }

  /// Attaches one number, in place of an attribute of the same name.
  ///
  /// - Throws: `invalidName`, `diskFull`, `closed`, `library`.
  public func writeAttribute<T: Scalar>(_ value: T, to name: String) throws(HDF5Error) {
    try writeAttribute([value], shape: [], to: name)
  }

  /// Attaches numbers, in place of an attribute of the same name.
  ///
  /// - Throws: `tooLarge` beyond 64 KiB, `invalidName`, `diskFull`, `closed`, `library`.
  public func writeAttribute<T: Scalar>(_ values: [T], to name: String) throws(HDF5Error) {
    try writeAttribute(values, shape: [values.count], to: name)
  }

  private func writeAttribute<T: Scalar>(
    _ values: [T], shape: [Int], to name: String
  ) throws(HDF5Error) {
    try check(name)
    let place = reference.handle.place.attribute(name)
    try checkAttributeSize(bytes: values.count * MemoryLayout<T>.size, shape: shape, place)
    let type = try H5T.number(T.elementType, in: .file, at: place)
    let attribute = try H5A.create(name, on: reference.handle, type: type, shape: shape)
    try values.withUnsafeBufferPointer { bytes throws(HDF5Error) in
      guard !values.isEmpty, let base = bytes.baseAddress else { return }
      let memory = try H5T.number(T.elementType, in: .memory, at: place)
      try H5A.write(attribute, type: memory, from: base)
    }
  }
}

extension AttributeOwner {
  /// Opens an attribute.
  ///
  /// - Throws: `objectNotFound`, `invalidName`.
  func openAttribute(_ name: String) throws(HDF5Error) -> Handle {
    guard try hasAttribute(name) else {
      throw .objectNotFound(
        file: reference.file, object: reference.handle.place.attribute(name).object)
    }
    return try H5A.open(name, on: reference.handle)
  }

  /// Number of elements of an attribute, checked against the size of the file.
  ///
  /// - Throws: `tooLarge`.
  func checkedCount(_ attribute: Handle, elementSize: Int) throws(HDF5Error) -> Int {
    let shape = try H5S.shape(of: H5A.space(of: attribute))
    let limit = try H5F.size(of: reference.handle)
    guard let count = elementCount(of: shape),
      case (let bytes, let overflow) = count.multipliedReportingOverflow(by: elementSize),
      !overflow,
      UInt64(bytes) <= limit
    else {
      throw .tooLarge(
        file: reference.file, object: attribute.place.object, shape: shape, limit: limit)
    }
    return count
  }

  /// Checks what is to be written against the 64 KiB an attribute can hold.
  ///
  /// - Throws: `tooLarge`.
  func checkAttributeSize(bytes: Int, shape: [Int], _ place: Place) throws(HDF5Error) {
    // The header of the attribute takes part of the 65,536 bytes.
    let limit = 65_000
    if bytes > limit {
      throw .tooLarge(
        file: place.file, object: place.object, shape: shape, limit: UInt64(limit))
    }
  }

  /// Checks a name that an attribute is to have.
  ///
  /// - Throws: `invalidName`.
  func check(_ name: String) throws(HDF5Error) {
    if name.isEmpty || name.utf8.contains(0) {
      throw .invalidName(file: reference.file, name: name)
    }
  }

  /// The error for an attribute that has not as many elements as asked for.
  func wrongCount(_ name: String, expected: Int, found: Int) -> HDF5Error {
    .wrongCount(
      file: reference.file, object: reference.handle.place.attribute(name).object,
      expected: expected, found: found)
  }
}
