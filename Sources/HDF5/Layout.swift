/// Where the elements of a dataset lie.
public enum Layout: String, Hashable, Sendable {
  /// In one byte range of the file.
  case contiguous
  /// In blocks spread over the file, possibly filtered.
  case chunked
  /// Inside the dataset's own header.
  case compact
  /// In datasets of this or other files.
  case virtual
  /// In raw files beside this one.
  case external
}

/// How a new dataset is to store its elements.
public enum DatasetStorage: Hashable, Sendable {
  /// In one byte range of the file, without filters.
  case contiguous
  /// In chunks of the given shape, compressed at a `deflate` level in `0...9`; 0 does not compress.
  case chunked(shape: [Int], deflate: Int)
}
