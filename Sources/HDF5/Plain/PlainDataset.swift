/// An array of numbers or strings in a ``PlainFile``.
public struct PlainDataset: PlainAttributeOwner {
  let file: PlainFile
  let address: UInt64
  let place: Place
  let stored: StoredDataset

  /// Absolute path inside the file.
  public var path: String { place.object }
  /// Sizes along the axes: none for a single element, `[0]` where there are no elements at all.
  public var shape: [Int] { stored.shape }
  /// Type of the elements.
  public var elementType: ElementType { stored.type.element }
  /// Number of elements.
  public var count: Int { stored.count }
  /// Bytes of all elements in the file; 16 for each string that lies in a heap.
  public var byteCount: Int { stored.bytes }

  /// First byte of the elements in the file; nil where they are not a byte range of their own.
  public var offset: UInt64? {
    guard case .contiguous(let offset, _) = stored.layout, stored.bytes > 0 else { return nil }
    return offset
  }

  /// Where the elements lie.
  public var layout: Layout {
    if case .compact = stored.layout { .compact } else { .contiguous }
  }

  public var attributes: PlainAttributes {
    get throws(HDF5Error) {
      let object = try file.core.withMetadata { (reader) throws(HDF5Error) in
        try reader.object(at: address, place)
      }
      return PlainAttributes(file: file, place: place, stored: object.attributes)
    }
  }

  /// Path as a list of digests has it, without the slash in front.
  var listedPath: String { String(place.object.dropFirst()) }

  /// The digest of the contents that is expected; nil where none is.
  ///
  /// - Throws: `unlisted` where there is a list without this dataset.
  func expectedDigest() throws(HDF5Error) -> [UInt8]? {
    guard let checks = file.checks else { return nil }
    guard let digest = checks.digests[listedPath] else {
      throw .unlisted(file: place.file, object: place.object)
    }
    return digest
  }
}
