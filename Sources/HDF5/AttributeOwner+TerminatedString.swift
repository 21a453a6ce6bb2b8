extension AttributeOwner {
  /// Attaches one ASCII string of fixed length with a NUL at its end, in place of an attribute of the same name.
  ///
  /// Conventions from before UTF-8, such as HDF5's IMAGE, and programs in C and Fortran expect this form;
  /// `writeAttribute(_:to:)` writes UTF-8 of variable length.
  ///
  /// - Throws: `invalidText` for text beyond ASCII or with a NUL, `textTooLong` beyond 64 KiB, `invalidName`,
  ///   `diskFull`, `closed`, `library`.
  public func writeTerminatedAttribute(_ string: String, to name: String) throws(HDF5Error) {
    try check(name)
    let place = reference.handle.place.attribute(name)
    guard string.utf8.allSatisfy({ $0 < 128 }) else {
      throw .invalidText(file: place.file, object: place.object)
    }
    try checkTextSize(string.utf8.count + 1, place)
    let bytes = try Text.padded([string], size: string.utf8.count + 1, at: place)
    let type = try H5T.terminatedString(size: bytes.count, at: place)
    let attribute = try H5A.create(name, on: reference.handle, type: try type.id(), shape: [])
    try bytes.withUnsafeBufferPointer { bytes throws(HDF5Error) in
      guard let base = bytes.baseAddress else { return }
      try H5A.write(attribute, type: try type.id(), from: base)
    }
  }
}
