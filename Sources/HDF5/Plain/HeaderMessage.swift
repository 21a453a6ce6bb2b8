/// One piece of an object's header.
struct HeaderMessage: Sendable {
  let kind: UInt16
  let flags: UInt8
  let body: ArraySlice<UInt8>

  /// Whether the body lies elsewhere, shared with other objects.
  var isShared: Bool { flags & 0x02 != 0 }
  /// Whether a reader that does not know the kind must refuse the object.
  var isEssential: Bool { flags & 0x80 != 0 }

  /// Kinds of messages that are understood.
  enum Kind {
    static let shape: UInt16 = 0x01
    static let linkInfo: UInt16 = 0x02
    static let type: UInt16 = 0x03
    static let link: UInt16 = 0x06
    static let externalFiles: UInt16 = 0x07
    static let layout: UInt16 = 0x08
    static let filters: UInt16 = 0x0B
    static let attribute: UInt16 = 0x0C
    static let sharedTable: UInt16 = 0x0F
    static let continuation: UInt16 = 0x10
    static let symbolTable: UInt16 = 0x11
    static let attributeInfo: UInt16 = 0x15
    /// Nothing, fill values, group hints, comments, times, tree sizes, reference counts: read over.
    static let meaningless: Set<UInt16> = [
      0x00, 0x04, 0x05, 0x0A, 0x0D, 0x0E, 0x12, 0x13, 0x14, 0x16,
    ]
  }
}

/// What the messages of one header say, gathered.
struct HeaderContents {
  var table: (tree: UInt64, heap: UInt64)?
  var type: StoredType?
  var shape: [Int]?
  var layout: StoredLayout?
  private(set) var attributes: [StoredAttribute] = []
  private var attributeNames: Set<String> = []

  /// Adds one message.
  mutating func add(_ message: HeaderMessage, at place: Place) throws(HDF5Error) {
    if message.isShared, !HeaderMessage.Kind.meaningless.contains(message.kind) {
      throw Self.unsupported("a description that is shared with other objects", place)
    }
    switch message.kind {
    case HeaderMessage.Kind.shape:
      var cursor = ByteCursor(message.body, of: "its shape", at: place)
      try set(&shape, StoredShape.read(&cursor), cursor)
    case HeaderMessage.Kind.type:
      var cursor = ByteCursor(message.body, of: "its type", at: place)
      try set(&type, StoredType(&cursor), cursor)
    case HeaderMessage.Kind.layout:
      var cursor = ByteCursor(message.body, of: "its layout", at: place)
      try set(&layout, StoredLayout(&cursor), cursor)
    case HeaderMessage.Kind.symbolTable:
      var cursor = ByteCursor(message.body, of: "its table of members", at: place)
      let tree = try cursor.number(UInt64.self)
      try set(&table, (tree, try cursor.number(UInt64.self)), cursor)
    case HeaderMessage.Kind.attribute: try add(StoredAttribute(message.body, of: place), place)
    default: try Self.refuse(message, place)
    }
  }

  private func set<Value>(
    _ value: inout Value?, _ new: Value, _ cursor: ByteCursor
  ) throws(HDF5Error) {
    guard value == nil else { throw cursor.damaged("is given twice") }
    value = new
  }

  private mutating func add(_ attribute: StoredAttribute, _ place: Place) throws(HDF5Error) {
    guard attributes.count < PlainLimits.attributes else {
      throw Self.unsupported("more than \(PlainLimits.attributes) attributes", place)
    }
    guard attributeNames.insert(attribute.name).inserted else {
      throw .damaged(
        file: place.file, object: place.object,
        reason: "it has two attributes named \(attribute.name)")
    }
    attributes.append(attribute)
  }

  private static func refuse(_ message: HeaderMessage, _ place: Place) throws(HDF5Error) {
    switch message.kind {
    case HeaderMessage.Kind.linkInfo:
      throw unsupported(
        "a group of the new style, which links to other files need; "
          + "write it with the library's earliest format", place)
    case HeaderMessage.Kind.link:
      throw unsupported("a group of the new style, with its links in its header", place)
    case HeaderMessage.Kind.externalFiles:
      throw .foreignData(file: place.file, object: place.object, layout: .external)
    case HeaderMessage.Kind.filters: throw unsupported(StoredLayout.chunks, place)
    case HeaderMessage.Kind.sharedTable: throw unsupported("descriptions shared by objects", place)
    case HeaderMessage.Kind.attributeInfo:
      throw unsupported("attributes stored apart from the header", place)
    default:
      if message.isEssential, !HeaderMessage.Kind.meaningless.contains(message.kind) {
        throw unsupported("something essential and unknown (message \(message.kind))", place)
      }
    }
  }

  private static func unsupported(_ feature: String, _ place: Place) -> HDF5Error {
    .unsupported(file: place.file, object: place.object, feature: feature)
  }
}
