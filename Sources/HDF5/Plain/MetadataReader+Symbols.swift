/// One entry of a group: a name and the address of the object it leads to.
struct PlainLink: Sendable {
  let name: String
  /// Address of the object's header; nil for a soft link.
  let address: UInt64?

  /// The entry of a name among entries that ascend by the bytes of theirs.
  static func named(_ name: Substring, in links: [PlainLink]) -> PlainLink? {
    var (low, high) = (0, links.count)
    while low < high {
      let middle = (low + high) / 2
      if links[middle].name.utf8.lexicographicallyPrecedes(name.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < links.count && links[low].name.utf8.elementsEqual(name.utf8) ? links[low] : nil
  }
}

extension MetadataReader {
  /// The entries of a group, from its tree and the heap of its names.
  ///
  /// - Throws: `damaged`, `unsupported`, `invalidText`, `truncated`, `library`.
  mutating func symbols(
    tree: UInt64, heap: UInt64, _ place: Place
  ) throws(HDF5Error) -> [PlainLink] {
    let names = try nameHeap(at: heap, place)
    var found: [PlainLink] = []
    try collect(fromNodeAt: tree, above: nil, names, place, into: &found)
    for (one, next) in zip(found, found.dropFirst()) {
      // In ascending order, so none twice: libhdf5 searches the tree by halves and would see one of two.
      guard one.name.utf8.lexicographicallyPrecedes(next.name.utf8), one.name != next.name else {
        throw .damaged(
          file: place.file, object: place.object,
          reason: "its members '\(one.name)' and '\(next.name)' are the same or out of order")
      }
    }
    return found
  }

  /// The block of names of a group.
  private mutating func nameHeap(
    at address: UInt64, _ place: Place
  ) throws(HDF5Error) -> [UInt8] {
    let part = "the heap of its members' names"
    var cursor = ByteCursor(
      try claim(32, at: address, part: part, of: place), of: part, at: place)
    try cursor.expect(signature: "HEAP")
    _ = try cursor.expect(version: 0...0)
    try cursor.skip(3)
    let size = Int(clamping: try cursor.number(UInt64.self))
    try cursor.skip(8)
    return try claim(size, at: try cursor.number(UInt64.self), part: part, of: place)
  }

  /// Walks a tree; the level falls by one from node to node, so it ends.
  private mutating func collect(
    fromNodeAt address: UInt64, above level: UInt8?, _ names: [UInt8], _ place: Place,
    into found: inout [PlainLink]
  ) throws(HDF5Error) {
    let part = "the tree of its members"
    var head = ByteCursor(
      try bytes(24, at: address, part: part, of: place), of: part, at: place)
    try head.expect(signature: "TREE")
    guard try head.number(UInt8.self) == 0 else { throw head.damaged("is not that of a group") }
    let depth = try head.number(UInt8.self)
    guard level.map({ depth < $0 && depth == $0 - 1 }) ?? (depth < 16) else {
      throw head.damaged("has levels out of order")
    }
    let count = Int(try head.number(UInt16.self))
    var cursor = ByteCursor(
      try claim(24 + 8 * (2 * count + 1), at: address, part: part, of: place), of: part, at: place)
    try cursor.skip(32)
    for _ in 0..<count {
      let child = try cursor.number(UInt64.self)
      try cursor.skip(8)
      if depth > 0 {
        try collect(fromNodeAt: child, above: depth, names, place, into: &found)
      } else {
        try collect(fromLeafAt: child, names, place, into: &found)
      }
    }
  }

  private mutating func collect(
    fromLeafAt address: UInt64, _ names: [UInt8], _ place: Place, into found: inout [PlainLink]
  ) throws(HDF5Error) {
    let part = "a list of its members"
    var head = ByteCursor(
      try bytes(8, at: address, part: part, of: place), of: part, at: place)
    try head.expect(signature: "SNOD")
    _ = try head.expect(version: 1...1)
    try head.skip(1)
    let count = Int(try head.number(UInt16.self))
    guard found.count + count <= PlainLimits.members else {
      throw .unsupported(
        file: place.file, object: place.object,
        feature: "a group of more than \(PlainLimits.members) members")
    }
    var cursor = ByteCursor(
      try claim(8 + 40 * count, at: address, part: part, of: place), of: part, at: place)
    try cursor.skip(8)
    for _ in 0..<count {
      let offset = Int(clamping: try cursor.number(UInt64.self))
      let object = try cursor.number(UInt64.self)
      let kind = try cursor.number(UInt32.self)
      try cursor.skip(20)
      guard offset < names.count, kind <= 2 else { throw cursor.damaged("names no member") }
      let name = try StoredName.read(names[offset...], what: "a member's name", at: place)
      guard name != ".", !name.utf8.contains(UInt8(ascii: "/")) else {
        throw cursor.damaged("has a member named '\(name)'")
      }
      found.append(PlainLink(name: name, address: kind == 2 ? nil : object))
    }
  }
}
