/// What a file may ask of its reader; everything beyond is refused before memory is taken.
enum PlainLimits {
  /// Bytes of headers, tables and heaps that are parsed for one file.
  static let metadataBytes = 128 << 20
  /// Objects of one file.
  static let objects = 1 << 16
  /// Members of one group.
  static let members = 1 << 16
  /// Groups inside each other.
  static let depth = 32
  /// Attributes of one object.
  static let attributes = 1024
  /// Bytes of the header of one object.
  static let headerBytes = 1 << 20
  /// Blocks that the header of one object is spread over.
  static let headerBlocks = 256
  /// Bytes of one name.
  static let nameBytes = 1024
  /// Axes of one dataset.
  static let rank = 32
  /// Objects in one block of the heap that strings lie in.
  static let heapObjects = 1 << 16
  /// Bytes of text in one dataset or attribute.
  static let textBytes = 64 << 20
}
