/// A group or dataset as its header describes it.
struct StoredObject: Sendable {
  /// What it is.
  enum Content: Sendable {
    /// A group, by the addresses of its tree and of the heap of its names.
    case group(tree: UInt64, heap: UInt64)
    /// A dataset.
    case dataset(StoredDataset)
    /// A named type.
    case other
  }

  let content: Content
  let attributes: [StoredAttribute]

  /// Puts together what the messages of a header say.
  ///
  /// - Throws: `damaged`, `unsupported`, `foreignData`, `tooLarge`, `invalidText`.
  init(_ messages: [HeaderMessage], at place: Place) throws(HDF5Error) {
    var found = HeaderContents()
    for message in messages { try found.add(message, at: place) }
    attributes = found.attributes
    switch (found.table, found.type, found.shape, found.layout) {
    case (let table?, nil, nil, nil): content = .group(tree: table.tree, heap: table.heap)
    case (nil, let type?, let shape?, let layout?):
      content = .dataset(try StoredDataset(type, shape, layout, at: place))
    case (nil, .some, nil, nil): content = .other
    default:
      throw .damaged(
        file: place.file, object: place.object,
        reason: "its header is neither that of a group nor that of a dataset")
    }
  }
}

/// A dataset as its header describes it.
struct StoredDataset: Sendable {
  let type: StoredType
  let shape: [Int]
  let layout: StoredLayout
  /// Number of elements.
  let count: Int
  /// Bytes of all elements in the file.
  let bytes: Int

  /// Checks that type, shape and layout fit each other.
  init(
    _ type: StoredType, _ shape: [Int], _ layout: StoredLayout, at place: Place
  ) throws(HDF5Error) {
    guard let count = elementCount(of: shape),
      case (let bytes, let overflow) = count.multipliedReportingOverflow(by: type.size),
      !overflow
    else {
      throw .tooLarge(file: place.file, object: place.object, shape: shape, limit: .max)
    }
    (self.type, self.shape, self.layout) = (type, shape, layout)
    (self.count, self.bytes) = (count, bytes)
    switch layout {
    case .contiguous(.some, let stored) where stored != UInt64(bytes):
      throw Self.misfit(stored, bytes, place)
    case .compact(let stored) where stored.count < bytes:
      throw Self.misfit(UInt64(stored.count), bytes, place)
    case .contiguous(nil, _) where bytes > 0:
      throw .unsupported(
        file: place.file, object: place.object, feature: "elements that were never written")
    default: break
    }
  }

  private static func misfit(_ stored: UInt64, _ needed: Int, _ place: Place) -> HDF5Error {
    .damaged(
      file: place.file, object: place.object,
      reason: "\(stored) bytes are stored where its shape needs \(needed)")
  }
}
