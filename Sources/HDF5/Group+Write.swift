extension Group {
  /// Creates a dataset of zeros, and the groups on its way that do not exist.
  ///
  /// Writing all elements at once is faster with `write(_:shape:to:)`, which skips the zeros.
  ///
  /// - Parameters:
  ///   - name: Name or path of the dataset.
  ///   - shape: Sizes along the axes; none for a single element.
  ///   - type: Type of the elements.
  ///   - storage: How the elements are stored; a chunk has as many axes as the dataset.
  /// - Returns: The dataset.
  /// - Throws: `objectExists`, `invalidShape`, `wrongKind`, `indirectLink`, `invalidName`, `diskFull`,
  ///   `closed`, `library`.
  @discardableResult
  public func createDataset<T: Scalar>(
    _ name: String, shape: [Int], of type: T.Type, storage: DatasetStorage = .contiguous
  ) throws(HDF5Error) -> Dataset {
    try createDataset(name, shape: shape, type: T.elementType, storage: storage, filled: true)
  }

  /// Creates a contiguous dataset and writes its elements.
  ///
  /// - Parameters:
  ///   - values: The elements, the last axis running fastest.
  ///   - shape: Sizes along the axes; none for a single element.
  ///   - name: Name or path of the dataset.
  /// - Returns: The dataset.
  /// - Throws: `wrongCount`, `objectExists`, `invalidShape`, `wrongKind`, `indirectLink`,
  ///   `invalidName`, `diskFull`, `closed`, `library`.
  @discardableResult
  public func write<T: Scalar>(
    _ values: [T], shape: [Int], to name: String
  ) throws(HDF5Error) -> Dataset {
    try values.withUnsafeBufferPointer { buffer throws(HDF5Error) in
      try write(from: buffer, shape: shape, to: name)
    }
  }

  /// Creates a contiguous dataset and writes its elements from memory.
  ///
  /// - Parameters:
  ///   - buffer: The elements, the last axis running fastest.
  ///   - shape: Sizes along the axes; none for a single element.
  ///   - name: Name or path of the dataset.
  ///   - progress: Is told the number of bytes after each piece of them, 32 MiB or a row.
  /// - Returns: The dataset.
  /// - Throws: As `write(_:shape:to:)`, and what `progress` throws.
  @discardableResult
  public func write<T: Scalar>(
    from buffer: UnsafeBufferPointer<T>, shape: [Int], to name: String,
    progress: (_ bytes: Int) throws(HDF5Error) -> Void = { _ in }
  ) throws(HDF5Error) -> Dataset {
    let place = try vacantPlace(for: name)
    let count = try checkedCount(shape, elementSize: MemoryLayout<T>.size, place)
    guard count == buffer.count else {
      throw .wrongCount(
        file: place.file, object: place.object, expected: count, found: buffer.count)
    }
    let dataset = try createDataset(
      name, shape: shape, type: T.elementType, storage: .contiguous, filled: false)
    try dataset.write(from: buffer, progress: progress)
    return dataset
  }

  /// Creates a dataset of one UTF-8 string, of any length.
  ///
  /// - Parameters:
  ///   - string: The text, without NUL.
  ///   - name: Name or path of the dataset.
  /// - Returns: The dataset.
  /// - Throws: `invalidText`, `objectExists`, `wrongKind`, `indirectLink`, `invalidName`, `diskFull`,
  ///   `closed`, `library`.
  @discardableResult
  public func writeString(_ string: String, to name: String) throws(HDF5Error) -> Dataset {
    try writeText([string], shape: [], to: name)
  }

  /// Creates a dataset of UTF-8 strings along one axis.
  ///
  /// - Parameters:
  ///   - strings: The texts, without NUL.
  ///   - name: Name or path of the dataset.
  /// - Returns: The dataset.
  /// - Throws: As `writeString(_:to:)`.
  @discardableResult
  public func writeStrings(_ strings: [String], to name: String) throws(HDF5Error) -> Dataset {
    try writeText(strings, shape: [strings.count], to: name)
  }

  private func writeText(
    _ strings: [String], shape: [Int], to name: String
  ) throws(HDF5Error) -> Dataset {
    let place = try vacantPlace(for: name)
    guard !strings.contains(where: { $0.utf8.contains(0) }) else {
      throw .invalidText(file: place.file, object: place.object)
    }
    let type = try H5T.string(size: 0, isUTF8: true, at: place)
    let handle = try H5D.create(
      name, in: reference.handle, type: try type.id(), shape: shape, storage: .contiguous,
      filled: true, at: place)
    try Text.withPointers(strings, at: place) { pointers throws(HDF5Error) in
      try H5D.write(
        handle, block: nil, count: strings.count, type: try type.id(), from: pointers)
    }
    return try Dataset(adopting: handle)
  }

  private func createDataset(
    _ name: String, shape: [Int], type: ElementType, storage: DatasetStorage, filled: Bool
  ) throws(HDF5Error) -> Dataset {
    let place = try vacantPlace(for: name)
    _ = try checkedCount(shape, elementSize: 8, place)
    if case .chunked(let chunk, let level) = storage {
      guard chunk.count == shape.count, !chunk.isEmpty, (0...9).contains(level),
        zip(chunk, shape).allSatisfy({ $0 > 0 && ($0 <= $1 || $1 == 0) })
      else { throw .invalidShape(file: place.file, object: place.object, shape: chunk) }
    }
    let id = try H5T.number(type, in: .file, at: place)
    return try Dataset(
      adopting: H5D.create(
        name, in: reference.handle, type: id, shape: shape, storage: storage, filled: filled,
        at: place))
  }

  /// Number of elements of a shape for a new dataset, at most 32 axes and addressable.
  private func checkedCount(
    _ shape: [Int], elementSize: Int, _ place: Place
  ) throws(HDF5Error) -> Int {
    guard shape.count <= 32, shape.allSatisfy({ $0 >= 0 }), let count = elementCount(of: shape),
      count <= Int.max / elementSize
    else { throw .invalidShape(file: place.file, object: place.object, shape: shape) }
    return count
  }
}
