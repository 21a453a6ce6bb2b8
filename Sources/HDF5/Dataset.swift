/// An array of numbers or strings in a file.
public final class Dataset: AttributeOwner {
  /// The open dataset.
  public let reference: ObjectReference
  /// Sizes along the axes, as declared in the file: none for a single element, `[0]` where there are
  /// no elements at all. Empty also for a virtual dataset, whose sizes may depend on other files.
  public let shape: [Int]
  /// Type of the elements.
  public let elementType: ElementType
  /// Where the elements lie.
  public let layout: Layout
  /// Names of the filters each chunk passes when written, such as `deflate`; `filter 32001` for those
  /// this library does not know.
  public let filters: [String]

  /// Takes over an open dataset.
  init(adopting handle: Handle) throws(HDF5Error) {
    reference = ObjectReference(handle: handle)
    (layout, filters) = try H5D.storage(of: handle)
    elementType = try H5T.elementType(of: H5D.type(of: handle))
    // HDF5 opens the source files to tell the shape of a virtual dataset, so it is not asked.
    shape = layout == .virtual ? [] : try H5S.shape(of: H5D.space(of: handle))
  }

  /// Absolute path inside the file.
  public var path: String { reference.path }

  /// First byte of the elements in the file; nil where they are not one allocated byte range, that is
  /// for chunked and compact datasets and those without elements.
  ///
  /// - Throws: `closed`, `library`.
  public var offset: UInt64? {
    get throws(HDF5Error) {
      layout == .contiguous ? try H5D.offset(of: reference.handle) : nil
    }
  }

  /// Bytes the elements take in the file, after filters.
  ///
  /// - Throws: `closed`, `library`.
  public var storageSize: UInt64 {
    get throws(HDF5Error) { try H5D.storageSize(of: reference.handle) }
  }

  /// Checks that elements are of a type.
  ///
  /// - Throws: `wrongType`.
  func expect(_ expected: ElementType) throws(HDF5Error) {
    guard elementType == expected else {
      throw .wrongType(
        file: reference.file, object: path, expected: expected, found: elementType)
    }
  }

  /// Checks that the elements lie in this file.
  ///
  /// - Throws: `foreignData`.
  func expectOwnData() throws(HDF5Error) {
    if layout == .virtual || layout == .external {
      throw .foreignData(file: reference.file, object: path, layout: layout)
    }
  }

  /// Number of elements in a block, or in all, checked against what the file can hold.
  ///
  /// Nothing of that size has been allocated before this check, so a file that declares absurd sizes
  /// costs nothing.
  ///
  /// - Throws: `tooLarge`.
  func checkedCount(_ block: Block?, elementSize: Int) throws(HDF5Error) -> Int {
    let selected = block?.count ?? shape
    let limit = try byteLimit()
    guard let count = elementCount(of: selected),
      case (let bytes, let overflow) = count.multipliedReportingOverflow(by: elementSize),
      !overflow,
      UInt64(bytes) <= limit
    else {
      throw .tooLarge(file: reference.file, object: path, shape: selected, limit: limit)
    }
    return count
  }

  /// The most bytes of elements that the file can hold for this dataset.
  private func byteLimit() throws(HDF5Error) -> UInt64 {
    // What was never written reads as zeros; that much may be missing from the file.
    let unwritten: UInt64 = 16 << 20
    // Deflate shrinks 1032 bytes to no less than one.
    let shrinking: UInt64 = filters.isEmpty ? 1 : 1032
    let size = try H5F.size(of: reference.handle)
    if layout == .contiguous, let offset = try offset { return size - min(offset, size) }
    let stored = min(try storageSize, size)
    return stored.multipliedReportingOverflow(by: shrinking).partialValue + unwritten
  }
}
