extension Dataset {
  /// Reads all elements, the last axis running fastest.
  ///
  /// - Throws: `wrongType`, `tooLarge`, `foreignData`, `closed`, `library`.
  public func read<T: Scalar>(as type: T.Type = T.self) throws(HDF5Error) -> [T] {
    try readArray(block: nil)
  }

  /// Reads some rows along the first axis, whole along all others.
  ///
  /// - Throws: `outOfBounds`, and what `read(as:)` throws.
  public func read<T: Scalar>(
    rows: Range<Int>, as type: T.Type = T.self
  ) throws(HDF5Error) -> [T] {
    try readArray(block: Block(rows: rows, in: shape, at: reference.handle.place))
  }

  /// Reads a block: `count` elements from `start` on along each axis.
  ///
  /// - Throws: `outOfBounds`, and what `read(as:)` throws.
  public func read<T: Scalar>(
    start: [Int], count: [Int], as type: T.Type = T.self
  ) throws(HDF5Error) -> [T] {
    try readArray(
      block: Block(start: start, count: count, in: shape, at: reference.handle.place))
  }

  /// Reads all elements straight into memory.
  ///
  /// - Parameter buffer: Memory for exactly as many elements as the dataset has.
  /// - Throws: `wrongCount`, and what `read(as:)` throws.
  public func read<T: Scalar>(into buffer: UnsafeMutableBufferPointer<T>) throws(HDF5Error) {
    try read(UnsafeMutableRawBufferPointer(buffer), as: T.self, block: nil)
  }

  /// Reads all elements straight into raw memory.
  ///
  /// - Parameters:
  ///   - bytes: Memory for exactly as many elements as the dataset has.
  ///   - type: Type of the elements.
  /// - Throws: `wrongCount`, and what `read(as:)` throws.
  public func read<T: Scalar>(
    into bytes: UnsafeMutableRawBufferPointer, as type: T.Type
  ) throws(HDF5Error) {
    try read(bytes, as: type, block: nil)
  }

  /// Reads some rows along the first axis straight into memory.
  ///
  /// - Parameters:
  ///   - buffer: Memory for exactly as many elements as the rows have.
  ///   - rows: The rows.
  /// - Throws: `wrongCount`, `outOfBounds`, and what `read(as:)` throws.
  public func read<T: Scalar>(
    into buffer: UnsafeMutableBufferPointer<T>, rows: Range<Int>
  ) throws(HDF5Error) {
    try read(
      UnsafeMutableRawBufferPointer(buffer), as: T.self,
      block: Block(rows: rows, in: shape, at: reference.handle.place))
  }

  /// Reads a block straight into memory.
  ///
  /// - Parameters:
  ///   - buffer: Memory for exactly as many elements as the block has.
  ///   - start: First element along each axis.
  ///   - count: Number of elements along each axis.
  /// - Throws: `wrongCount`, `outOfBounds`, and what `read(as:)` throws.
  public func read<T: Scalar>(
    into buffer: UnsafeMutableBufferPointer<T>, start: [Int], count: [Int]
  ) throws(HDF5Error) {
    try read(
      UnsafeMutableRawBufferPointer(buffer), as: T.self,
      block: Block(start: start, count: count, in: shape, at: reference.handle.place))
  }

  private func readArray<T: Scalar>(block: Block?) throws(HDF5Error) -> [T] {
    let size = try checkedCount(block, as: T.self)
    return try [T](unsafeUninitializedCapacity: size) { buffer, filled throws(HDF5Error) in
      try read(
        UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[..<(size * MemoryLayout<T>.size)]),
        as: T.self, block: block)
      filled = size
    }
  }

  private func checkedCount<T: Scalar>(
    _ block: Block?, as type: T.Type
  ) throws(HDF5Error) -> Int {
    try expectOwnData()
    try expect(T.elementType)
    return try checkedCount(block, elementSize: MemoryLayout<T>.size)
  }

  private func read<T: Scalar>(
    _ bytes: UnsafeMutableRawBufferPointer, as type: T.Type, block: Block?
  ) throws(HDF5Error) {
    let count = try checkedCount(block, as: type)
    guard bytes.count == count * MemoryLayout<T>.size else {
      throw .wrongCount(
        file: reference.file, object: path, expected: count,
        found: bytes.count / MemoryLayout<T>.size)
    }
    guard count > 0, let base = bytes.baseAddress else { return }
    try H5D.read(
      reference.handle, block: block, count: count,
      type: H5T.number(T.elementType, in: .memory, at: reference.handle.place), into: base)
  }
}
