extension Dataset {
  /// Writes all elements, the last axis running fastest.
  ///
  /// - Throws: `wrongCount`, `wrongType`, `foreignData`, `diskFull`, `closed`, `library`.
  public func write<T: Scalar>(_ values: [T]) throws(HDF5Error) {
    try values.withUnsafeBufferPointer { buffer throws(HDF5Error) in
      try write(from: buffer)
    }
  }

  /// Writes all elements from memory.
  ///
  /// - Throws: As `write(_:)`.
  public func write<T: Scalar>(from buffer: UnsafeBufferPointer<T>) throws(HDF5Error) {
    try write(buffer, block: nil)
  }

  /// Writes all elements from memory, as many rows at a time as make 32 MiB.
  ///
  /// - Parameter progress: Is told the number of bytes after each piece.
  /// - Throws: As `write(_:)`, and what `progress` throws.
  func write<T: Scalar>(
    from buffer: UnsafeBufferPointer<T>, progress: (_ bytes: Int) throws(HDF5Error) -> Void
  ) throws(HDF5Error) {
    let bytes = buffer.count * MemoryLayout<T>.stride
    guard bytes > Self.pieceSize, let rows = shape.first, elementCount(of: shape) == buffer.count
    else {
      try write(from: buffer)
      return try progress(bytes)
    }
    let width = buffer.count / rows
    let height = max(Self.pieceSize / (bytes / rows), 1)
    for start in stride(from: 0, to: rows, by: height) {
      let piece = start..<min(start + height, rows)
      let block = try Block(rows: piece, in: shape, at: reference.handle.place)
      let values = buffer[piece.lowerBound * width..<piece.upperBound * width]
      try write(UnsafeBufferPointer(rebasing: values), block: block)
      try progress(values.count * MemoryLayout<T>.stride)
    }
  }

  /// Bytes of a piece of a large dataset.
  private static let pieceSize = 32 << 20

  /// Writes some rows along the first axis, whole along all others.
  ///
  /// - Throws: `outOfBounds`, and what `write(_:)` throws.
  public func write<T: Scalar>(_ values: [T], rows: Range<Int>) throws(HDF5Error) {
    let block = try Block(rows: rows, in: shape, at: reference.handle.place)
    try values.withUnsafeBufferPointer { buffer throws(HDF5Error) in
      try write(buffer, block: block)
    }
  }

  /// Writes a block: `count` elements from `start` on along each axis.
  ///
  /// - Throws: `outOfBounds`, and what `write(_:)` throws.
  public func write<T: Scalar>(
    _ values: [T], start: [Int], count: [Int]
  ) throws(HDF5Error) {
    try values.withUnsafeBufferPointer { buffer throws(HDF5Error) in
      try write(from: buffer, start: start, count: count)
    }
  }

  /// Writes a block from memory.
  ///
  /// - Throws: `outOfBounds`, and what `write(_:)` throws.
  public func write<T: Scalar>(
    from buffer: UnsafeBufferPointer<T>, start: [Int], count: [Int]
  ) throws(HDF5Error) {
    let block = try Block(start: start, count: count, in: shape, at: reference.handle.place)
    try write(buffer, block: block)
  }

  private func write<T: Scalar>(
    _ buffer: UnsafeBufferPointer<T>, block: Block?
  ) throws(HDF5Error) {
    try expectOwnData()
    try expect(T.elementType)
    // A count that overflows is no buffer's.
    let count = elementCount(of: block?.count ?? shape) ?? Int.max
    guard buffer.count == count else {
      throw .wrongCount(
        file: reference.file, object: path, expected: count, found: buffer.count)
    }
    guard count > 0, let base = buffer.baseAddress else { return }
    try H5D.write(
      reference.handle, block: block, count: count,
      type: H5T.number(T.elementType, in: .memory, at: reference.handle.place), from: base)
  }
}
