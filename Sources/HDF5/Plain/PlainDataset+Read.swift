extension PlainDataset {
  /// Reads all elements, the last axis running fastest.
  ///
  /// - Throws: `wrongType`, `tooLarge`, `truncated`, `contentDiffers`, `unlisted`, `library`.
  public func read<T: Scalar>(as type: T.Type = T.self) throws(HDF5Error) -> [T] {
    try expect(T.elementType)
    let count = self.count
    return try [T](unsafeUninitializedCapacity: count) { buffer, filled throws(HDF5Error) in
      try read(into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      filled = count
    }
  }

  /// Reads all elements straight into memory, whose contents are undefined after an error.
  ///
  /// - Parameter buffer: Memory for exactly as many elements as the dataset has.
  /// - Throws: `wrongCount`, and what `read(as:)` throws.
  public func read<T: Scalar>(into buffer: UnsafeMutableBufferPointer<T>) throws(HDF5Error) {
    try expect(T.elementType)
    guard buffer.count == count else {
      throw .wrongCount(
        file: place.file, object: path, expected: count, found: buffer.count)
    }
    let bytes = UnsafeMutableRawBufferPointer(buffer)
    try check { (digest) throws(HDF5Error) in
      for start in stride(from: 0, to: bytes.count, by: Self.blockSize) {
        let block = UnsafeMutableRawBufferPointer(
          rebasing: bytes[start..<min(start + Self.blockSize, bytes.count)])
        try fill(block, from: start)
        digest?.update(UnsafeRawBufferPointer(block))
      }
    }
  }

  /// Calls `body` with all elements, block after block, in little memory.
  ///
  /// The digest is checked after the last block.
  ///
  /// - Throws: As `read(as:)`.
  public func forEachBlock<T: Scalar>(
    as type: T.Type = T.self, _ body: (UnsafeBufferPointer<T>) -> Void
  ) throws(HDF5Error) {
    try expect(T.elementType)
    try forEachRawBlock(checking: true) { body($0.bindMemory(to: T.self)) }
  }

  /// The digest of the contents: of the bytes as stored, or of the UTF-8 bytes of a text.
  ///
  /// - Parameter digest: Takes in the bytes.
  /// - Throws: `tooLarge`, `truncated`, `library`, `textTooLong`, `invalidText`, `damaged`.
  public func digest(_ digest: any ContentDigest) throws(HDF5Error) -> [UInt8] {
    var digest: (any ContentDigest)? = digest
    if isVariable {
      for string in try uncheckedStrings(limit: PlainLimits.textBytes) {
        Self.take(string, into: &digest)
      }
    } else {
      try forEachRawBlock(checking: false) { digest?.update($0) }
    }
    return digest?.finish() ?? []
  }

  /// Fills memory with some of the bytes as stored, for those who read several datasets in turn.
  ///
  /// Nothing is compared with a digest: hand over what was read only after ``confirm(_:)``.
  ///
  /// - Parameters:
  ///   - memory: Room for the bytes, all of which is filled.
  ///   - start: The first byte to read.
  /// - Precondition: The elements are numbers, and they have as many bytes from `start` on.
  /// - Throws: `truncated`, `library`.
  public func readBytes(
    into memory: UnsafeMutableRawBufferPointer, from start: Int
  ) throws(HDF5Error) {
    precondition(
      elementType != .string && start >= 0 && memory.count <= byteCount - start,
      "\(memory.count) bytes from byte \(start) on do not lie in \(byteCount) bytes of numbers")
    try fill(memory, from: start)
  }

  /// Checks that all bytes, read piece by piece, had the digest they should, where there is a list of digests.
  ///
  /// - Throws: `contentDiffers`, `unlisted`.
  public func confirm(_ digest: [UInt8]) throws(HDF5Error) {
    guard let expected = try expectedDigest(), expected != digest else { return }
    throw .contentDiffers(file: place.file, object: path)
  }

  /// Bytes read and taken into a digest at once: few enough for a core's own cache.
  static let blockSize = 256 << 10

  private func forEachRawBlock(
    checking: Bool, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(HDF5Error) {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(min(Self.blockSize, stored.bytes), 1), alignment: 64)
    defer { memory.deallocate() }
    try check(if: checking) { (digest) throws(HDF5Error) in
      for start in stride(from: 0, to: stored.bytes, by: Self.blockSize) {
        let block = UnsafeMutableRawBufferPointer(
          rebasing: memory[..<min(Self.blockSize, stored.bytes - start)])
        try fill(block, from: start)
        digest?.update(UnsafeRawBufferPointer(block))
        body(UnsafeRawBufferPointer(block))
      }
    }
  }

  /// Fills memory with the stored bytes from `start` on.
  func fill(
    _ block: UnsafeMutableRawBufferPointer, from start: Int
  ) throws(HDF5Error) {
    switch stored.layout {
    case .contiguous(let offset?, _):
      try file.core.file.read(into: block, at: offset + UInt64(start))
    case .compact(let bytes):
      let first = bytes.startIndex + start
      block.copyBytes(from: bytes[first..<first + block.count])
    case .contiguous(nil, _): break
    }
  }

  /// Lets `body` take all bytes into a digest and compares it with the expected one.
  func check(
    if checking: Bool = true, _ body: (inout (any ContentDigest)?) throws(HDF5Error) -> Void
  ) throws(HDF5Error) {
    let expected = checking ? try expectedDigest() : nil
    var digest = expected == nil ? nil : file.checks?.makeDigest()
    try body(&digest)
    guard digest?.finish() == expected else {
      throw .contentDiffers(file: place.file, object: path)
    }
  }

  /// Checks that elements are of a type.
  ///
  /// - Throws: `wrongType`.
  public func expect(_ expected: ElementType) throws(HDF5Error) {
    guard elementType == expected else {
      throw .wrongType(
        file: place.file, object: path, expected: expected, found: elementType)
    }
  }
}
