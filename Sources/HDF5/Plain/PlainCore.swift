import Synchronization

/// An open file and what is known of its structure; threads take turns at the structure, not at the elements.
final class PlainCore: Sendable {
  let file: FileBytes
  private let metadata: Mutex<MetadataReader>
  /// Address of the root group's header.
  let root: UInt64

  /// Opens a file and reads its first bytes.
  init(path: String) throws(HDF5Error) {
    file = try FileBytes(path: path)
    let reader = try MetadataReader(file)
    root = reader.root
    metadata = Mutex(reader)
  }

  /// Calls `body` with the structure.
  func withMetadata<Result: Sendable>(
    _ body: (inout MetadataReader) throws(HDF5Error) -> Result
  ) throws(HDF5Error) -> Result {
    try metadata.withLock { (reader) throws(HDF5Error) in try body(&reader) }
  }
}
