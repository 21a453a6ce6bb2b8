/// The last blocks read of a file, for the many small pieces of its structure.
struct BlockCache: Sendable {
  private static let blockSize = 16 << 10
  private static let capacity = 64
  private var blocks: [UInt64: [UInt8]] = [:]

  /// Bytes of a file; the caller has checked that they lie in it.
  ///
  /// - Throws: As `FileBytes.read(into:at:)`.
  mutating func bytes(
    at offset: UInt64, count: Int, of file: FileBytes
  ) throws(HDF5Error) -> [UInt8] {
    guard count <= Self.blockSize else { return try Self.read(offset, count, file) }
    var found: [UInt8] = []
    found.reserveCapacity(count)
    while found.count < count {
      let position = offset + UInt64(found.count)
      let start = position - position % UInt64(Self.blockSize)
      let block = try block(at: start, of: file)
      let first = Int(position - start)
      let last = min(block.count, first + count - found.count)
      guard first < last else {
        throw .truncated(file: file.path, size: file.size, declared: offset + UInt64(count))
      }
      found.append(contentsOf: block[first..<last])
    }
    return found
  }

  private mutating func block(
    at start: UInt64, of file: FileBytes
  ) throws(HDF5Error) -> [UInt8] {
    if let block = blocks[start] { return block }
    let count = Int(min(UInt64(Self.blockSize), file.size - min(start, file.size)))
    let block = try Self.read(start, count, file)
    if blocks.count >= Self.capacity { blocks.removeAll(keepingCapacity: true) }
    blocks[start] = block
    return block
  }

  private static func read(
    _ offset: UInt64, _ count: Int, _ file: FileBytes
  ) throws(HDF5Error) -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled throws(HDF5Error) in
      try file.read(
        into: UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]),
        at: offset)
      filled = count
    }
  }
}
