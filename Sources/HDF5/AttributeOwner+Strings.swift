extension AttributeOwner {
  /// Reads an attribute that is one string.
  ///
  /// - Throws: `wrongCount` unless there is one element, and what `attributeStrings(_:)` throws.
  public func attributeString(_ name: String) throws(HDF5Error) -> String {
    let strings = try attributeStrings(name)
    guard strings.count == 1, let string = strings.first else {
      throw wrongCount(name, expected: strings.count, found: 1)
    }
    return string
  }

  /// Reads the strings of an attribute.
  ///
  /// - Throws: `objectNotFound`, `wrongType`, `tooLarge`, `textTooLong`, `invalidText`,
  ///   `invalidName`, `closed`, `library`.
  public func attributeStrings(_ name: String) throws(HDF5Error) -> [String] {
    let attribute = try openAttribute(name)
    let place = attribute.place
    let type = try H5A.type(of: attribute)
    let found = try H5T.elementType(of: type)
    guard found == .string else {
      throw .wrongType(file: place.file, object: place.object, expected: .string, found: found)
    }
    switch try H5T.stringForm(of: type) {
    case .fixed(let size, let padding, let endsAtNUL):
      let count = try checkedCount(attribute, elementSize: size)
      return try Text.fixed((size, padding, endsAtNUL), count: count, at: place) {
        bytes throws(HDF5Error) in
        try H5A.read(attribute, type: try type.id(), into: bytes)
      }
    case .variable(let isUTF8):
      let count = try checkedCount(attribute, elementSize: 16)
      try checkHeapUse(count, place)
      let memory = try H5T.string(size: 0, isUTF8: isUTF8, at: place)
      return try Text.variable(count: count, type: memory, at: place) {
        bytes throws(HDF5Error) in
        try H5A.read(attribute, type: try memory.id(), into: bytes)
      }
    }
  }

  /// Attaches one UTF-8 string, in place of an attribute of the same name.
  ///
  /// - Throws: `textTooLong` beyond 64 KiB, `invalidText` for text with a NUL, `invalidName`,
  ///   `diskFull`, `closed`, `library`.
  public func writeAttribute(_ string: String, to name: String) throws(HDF5Error) {
    try check(name)
    try checkTextSize(string.utf8.count, reference.handle.place.attribute(name))
    try writeLongAttribute(string, to: name)
  }

  /// Attaches one UTF-8 string of any length, for tools that look for such where ours keep a dataset.
  ///
  /// Only a reference to the text is part of the attribute, so that 64 KiB are no limit.
  ///
  /// - Throws: `invalidText` for text with a NUL, `invalidName`, `diskFull`, `closed`, `library`.
  public func writeLongAttribute(_ string: String, to name: String) throws(HDF5Error) {
    try check(name)
    let place = reference.handle.place.attribute(name)
    let type = try H5T.string(size: 0, isUTF8: true, at: place)
    try Text.withPointers([string], at: place) { pointers throws(HDF5Error) in
      let attribute = try H5A.create(
        name, on: reference.handle, type: try type.id(), shape: [])
      try H5A.write(attribute, type: try type.id(), from: pointers)
    }
  }

  /// Attaches UTF-8 strings, in place of an attribute of the same name.
  ///
  /// They are stored in fields of equal length inside the attribute, filled up with NUL.
  ///
  /// - Throws: `textTooLong` beyond 64 KiB in all, and what `writeAttribute(_:to:)` throws.
  public func writeAttribute(_ strings: [String], to name: String) throws(HDF5Error) {
    try check(name)
    let place = reference.handle.place.attribute(name)
    let size = max(strings.map(\.utf8.count).max() ?? 1, 1)
    let (total, overflow) = size.multipliedReportingOverflow(by: strings.count)
    try checkTextSize(overflow ? Int.max : total, place)
    let bytes = try Text.padded(strings, size: size, at: place)
    let type = try H5T.string(size: size, isUTF8: true, at: place)
    let attribute = try H5A.create(
      name, on: reference.handle, type: try type.id(), shape: [strings.count])
    try bytes.withUnsafeBufferPointer { bytes throws(HDF5Error) in
      guard let base = bytes.baseAddress, !strings.isEmpty else { return }
      try H5A.write(attribute, type: try type.id(), from: base)
    }
  }

  /// Checks how much memory strings of variable length could take.
  ///
  /// HDF5 can tell that of datasets but not of attributes: each of the strings could be as long as
  /// the file, by pointing to the same bytes.
  private func checkHeapUse(_ count: Int, _ place: Place) throws(HDF5Error) {
    let limit: UInt64 = 4 << 30
    let size = try H5F.size(of: reference.handle)
    let (bytes, overflow) = size.multipliedReportingOverflow(by: UInt64(count))
    if count > 1, overflow || bytes > limit {
      throw .textTooLong(
        file: place.file, object: place.object, bytes: overflow ? .max : bytes, limit: limit)
    }
  }

  /// Checks text that is to be attached against the 64 KiB an attribute can hold.
  ///
  /// - Throws: `textTooLong`.
  func checkTextSize(_ bytes: Int, _ place: Place) throws(HDF5Error) {
    let limit = 65_000
    if bytes > limit {
      throw .textTooLong(
        file: place.file, object: place.object, bytes: UInt64(bytes), limit: UInt64(limit))
    }
  }
}
