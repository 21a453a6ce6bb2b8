/// Parses the structure of a file: bounds, overlaps, counts and depths are checked before anything is believed.
///
/// The dialect is the one every HDF5 library writes by default and reads: superblock 0 or 1, groups as symbol tables,
/// headers of version 1, text in the global heap. Everything is parsed at most once.
struct MetadataReader: Sendable {
  /// The file.
  let file: FileBytes
  /// First byte that is no part of the file's contents, as its superblock says.
  private(set) var end: UInt64 = 0
  /// Address of the root group's header.
  private(set) var root: UInt64 = 0

  private var cache = BlockCache()
  private var claims = ByteClaims()
  private var budget = PlainLimits.metadataBytes
  private var objects: [UInt64: StoredObject] = [:]
  private var groupPlaces: [UInt64: Place] = [:]
  private var links: [UInt64: [PlainLink]] = [:]
  private var heapBlocks: [UInt64: [UInt16: Range<UInt64>]] = [:]

  /// Reads the superblock.
  ///
  /// - Throws: `notHDF5`, `unsupported`, `truncated`, `damaged`, `library`.
  init(_ file: FileBytes) throws(HDF5Error) {
    self.file = file
    end = file.size
    let superblock = try Superblock(
      try cache.bytes(at: 0, count: Int(min(file.size, 104)), of: file), of: file)
    (end, root) = (superblock.end, superblock.root)
    _ = claims.take(0..<superblock.size)
  }

  /// Bytes of the structure, which then belong to one thing only.
  ///
  /// - Throws: `damaged`, `unsupported`, `truncated`, `library`.
  mutating func claim(
    _ count: Int, at address: UInt64, part: String, of place: Place
  ) throws(HDF5Error) -> [UInt8] {
    try checkRange(address, UInt64(clamping: count), part, place)
    guard claims.take(address..<address + UInt64(count)) else {
      throw .damaged(
        file: place.file, object: place.object,
        reason: "\(part) lies at \(address) where something else does")
    }
    return try bytes(count, at: address, part: part, of: place)
  }

  /// Bytes of the structure, without a claim.
  mutating func bytes(
    _ count: Int, at address: UInt64, part: String, of place: Place
  ) throws(HDF5Error) -> [UInt8] {
    try checkRange(address, UInt64(clamping: count), part, place)
    guard count <= budget else {
      throw .unsupported(
        file: place.file, object: place.object,
        feature: "a structure of more than \(PlainLimits.metadataBytes >> 20) MiB")
    }
    budget -= count
    return try cache.bytes(at: address, count: count, of: file)
  }

  /// Claims bytes that are not parsed: the elements of a dataset, or a heap.
  mutating func claimRange(
    _ address: UInt64, _ count: UInt64, part: String, of place: Place
  ) throws(HDF5Error) {
    try checkRange(address, count, part, place)
    guard claims.take(address..<address + count) else {
      throw .damaged(
        file: place.file, object: place.object,
        reason: "\(part) lie at \(address) where something else does")
    }
  }

  /// Checks that bytes lie in the file.
  private func checkRange(
    _ address: UInt64, _ count: UInt64, _ part: String, _ place: Place
  ) throws(HDF5Error) {
    guard address <= end, count <= end - address else {
      throw .damaged(
        file: place.file, object: place.object, reason: "\(part) lies beyond the end of the file")
    }
  }

  /// Checks that nothing read so far shares bytes with anything else.
  ///
  /// - Throws: `damaged`.
  func checkOverlaps() throws(HDF5Error) {
    guard let (first, second) = claims.firstOverlap() else { return }
    throw .damaged(
      file: file.path, object: "/",
      reason: "bytes from \(second.lowerBound) on belong to two things, "
        + "the other from \(first.lowerBound) on")
  }
}

extension MetadataReader {
  /// The object whose header lies at an address.
  ///
  /// - Throws: `damaged`, `unsupported`, `foreignData`, `tooLarge`, `invalidText`, `truncated`, `library`.
  mutating func object(at address: UInt64, _ place: Place) throws(HDF5Error) -> StoredObject {
    if let known = objects[address] { return known }
    guard objects.count < PlainLimits.objects else {
      throw .unsupported(
        file: file.path, object: "/", feature: "more than \(PlainLimits.objects) objects")
    }
    let object = try StoredObject(try headerMessages(at: address, place), at: place)
    if case .dataset(let dataset) = object.content,
      case .contiguous(let offset?, let bytes) = dataset.layout
    {
      try claimRange(offset, bytes, part: "its elements", of: place)
    }
    objects[address] = object
    return object
  }

  /// The members of a group, ascending by the bytes of their names.
  ///
  /// - Throws: As ``object(at:_:)``.
  mutating func members(
    ofGroupAt address: UInt64, tree: UInt64, heap: UInt64, _ place: Place
  ) throws(HDF5Error) -> [PlainLink] {
    // A group that is met on two ways would make loops possible.
    if let other = groupPlaces[address], other != place {
      throw .damaged(
        file: place.file, object: place.object, reason: "it is the same group as '\(other.object)'")
    }
    groupPlaces[address] = place
    if let known = links[address] { return known }
    let found = try symbols(tree: tree, heap: heap, place)
    links[address] = found
    return found
  }

  /// Where in the file an object of the global heap lies.
  ///
  /// - Throws: `damaged`, `unsupported`, `truncated`, `library`.
  mutating func heapObject(
    _ index: UInt16, at address: UInt64, _ place: Place
  ) throws(HDF5Error) -> Range<UInt64> {
    let block: [UInt16: Range<UInt64>]
    if let known = heapBlocks[address] {
      block = known
    } else {
      block = try heapBlock(at: address, place)
      heapBlocks[address] = block
    }
    guard let range = block[index] else {
      throw .damaged(
        file: place.file, object: place.object, reason: "its text is not in the heap it names")
    }
    return range
  }
}
