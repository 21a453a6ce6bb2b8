extension PlainDataset {
  /// Reads the string of a dataset that has one element.
  ///
  /// - Parameter limit: The most bytes of text to accept.
  /// - Throws: `wrongCount` unless there is one element, and what `readStrings(limit:)` throws.
  public func readString(limit: Int = 64 << 20) throws(HDF5Error) -> String {
    try expect(.string)
    guard count == 1, let string = try readStrings(limit: limit).first else {
      throw .wrongCount(file: place.file, object: path, expected: count, found: 1)
    }
    return string
  }

  /// Reads all strings, the last axis running fastest.
  ///
  /// - Parameter limit: The most bytes of text to accept, over all strings.
  /// - Throws: `wrongType`, `textTooLong`, `invalidText`, `contentDiffers`, `unlisted`, `damaged`, `truncated`,
  ///   `library`.
  public func readStrings(limit: Int = 64 << 20) throws(HDF5Error) -> [String] {
    let strings = try uncheckedStrings(limit: limit)
    let raw = isVariable || file.checks == nil ? [] : try elementBytes(limit: limit)
    try check { (digest) throws(HDF5Error) in
      if isVariable {
        for string in strings { Self.take(string, into: &digest) }
      } else {
        raw.withUnsafeBytes { digest?.update($0) }
      }
    }
    return strings
  }

  /// Whether the strings lie in a heap.
  var isVariable: Bool {
    if case .variable? = stored.type.text { true } else { false }
  }

  /// The strings, before anything is compared with a digest.
  func uncheckedStrings(limit: Int) throws(HDF5Error) -> [String] {
    guard let form = stored.type.text else {
      throw .wrongType(
        file: place.file, object: path, expected: .string, found: elementType)
    }
    return try PlainText(file, place, limit: limit)
      .strings(form, elements: try elementBytes(limit: limit)[...])
  }

  /// Takes the bytes of a text into a digest.
  static func take(_ string: String, into digest: inout (any ContentDigest)?) {
    var string = string
    string.withUTF8 { digest?.update(UnsafeRawBufferPointer($0)) }
  }

  /// The stored bytes of few elements.
  private func elementBytes(limit: Int) throws(HDF5Error) -> [UInt8] {
    guard stored.bytes <= max(limit, 16) else {
      throw .textTooLong(
        file: place.file, object: path, bytes: UInt64(stored.bytes), limit: UInt64(max(limit, 0)))
    }
    let count = stored.bytes
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled throws(HDF5Error) in
      try fill(
        UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]),
        from: 0)
      filled = count
    }
  }
}
