internal import HDF5

/// A dataset of numbers, read block by block.
struct DatasetBlocks: BlockSource {
  /// Its place among those that are read together.
  let place: Int
  private let dataset: PlainDataset
  private let memory: Storage
  /// Whether the memory is for all elements; otherwise each block takes the place of the one before.
  private let keepsAll: Bool
  private var start = 0

  /// Reads straight into memory, or through a little of its own.
  ///
  /// - Precondition: `memory` has room for the dataset.
  init(_ dataset: PlainDataset, into memory: Storage? = nil, place: Int = 0) {
    self.dataset = dataset
    self.place = place
    keepsAll = memory != nil
    let size = MemoryLayout<Float>.stride
    let count = min((dataset.byteCount + size - 1) / size, Fingerprint.blockSize / size)
    self.memory = memory ?? Storage(count: count) { _ in }
  }

  var holdsFloats: Bool { dataset.elementType == .float32 }

  mutating func nextBlock() throws(HDF5Error) -> UnsafeRawBufferPointer? {
    let count = min(Fingerprint.blockSize, dataset.byteCount - start)
    guard count > 0 else { return nil }
    let first = keepsAll ? start : 0
    defer { start += count }
    // The address stays good after the call: the storage lives on and does not move.
    return try memory.withMutableFloats { [start] (floats) throws(HDF5Error) in
      let block = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(floats)[first..<first + count])
      try dataset.readBytes(into: block, from: start)
      return UnsafeRawBufferPointer(block)
    }
  }
}
