internal import CHDF5

/// How strings are stored.
enum StringForm: Hashable, Sendable {
  /// Each string has its own length.
  case variable(isUTF8: Bool)
  /// All take `size` bytes; short ones are filled with `padding` or end at their first NUL.
  case fixed(size: Int, padding: UInt8, endsAtNUL: Bool)
}

/// Text in and out of the library's buffers.
enum Text {
  /// Calls `body` with one pointer per string, each to its UTF-8 bytes and a NUL.
  ///
  /// - Throws: `HDF5Error.invalidText` for a string with a NUL inside, or what `body` throws.
  static func withPointers(
    _ strings: [String], at place: Place, _ body: (UnsafeRawPointer) throws(HDF5Error) -> Void
  ) throws(HDF5Error) {
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    for string in strings {
      try check(string, place)
      offsets.append(bytes.count)
      bytes.append(contentsOf: string.utf8)
      bytes.append(0)
    }
    try bytes.withUnsafeBufferPointer { buffer throws(HDF5Error) in
      guard let base = buffer.baseAddress else { return }
      let pointers = offsets.map { base + $0 }
      try pointers.withUnsafeBufferPointer { pointers throws(HDF5Error) in
        guard let first = pointers.baseAddress else { return }
        try body(first)
      }
    }
  }

  /// The bytes of strings, each padded with NUL to `size` bytes.
  static func padded(
    _ strings: [String], size: Int, at place: Place
  ) throws(HDF5Error) -> [UInt8] {
    var bytes: [UInt8] = []
    for string in strings {
      try check(string, place)
      bytes.append(contentsOf: string.utf8)
      bytes.append(contentsOf: repeatElement(0, count: size - string.utf8.count))
    }
    return bytes
  }

  /// Reads fixed strings: `read` fills a buffer of `count` times `size` bytes.
  static func fixed(
    _ form: (size: Int, padding: UInt8, endsAtNUL: Bool), count: Int, at place: Place,
    read: (UnsafeMutableRawPointer) throws(HDF5Error) -> Void
  ) throws(HDF5Error) -> [String] {
    var bytes = [UInt8](repeating: 0, count: count * form.size)
    try bytes.withUnsafeMutableBufferPointer { buffer throws(HDF5Error) in
      guard let base = buffer.baseAddress else { return }
      try read(base)
    }
    var strings: [String] = []
    for index in 0..<count {
      var field = bytes[index * form.size..<(index + 1) * form.size]
      if form.endsAtNUL { field = field.prefix { $0 != 0 } }
      while field.last == form.padding { field.removeLast() }
      guard let string = String(validating: field, as: UTF8.self) else {
        throw .invalidText(file: place.file, object: place.object)
      }
      strings.append(string)
    }
    return strings
  }

  /// Reads strings of variable length: `read` fills a buffer of `count` pointers.
  static func variable(
    count: Int, type: Handle, at place: Place,
    read: (UnsafeMutableRawPointer) throws(HDF5Error) -> Void
  ) throws(HDF5Error) -> [String] {
    var pointers = [UnsafePointer<CChar>?](repeating: nil, count: count)
    let space = try H5S.create([count], at: place)
    return try pointers.withUnsafeMutableBufferPointer { buffer throws(HDF5Error) in
      guard let base = buffer.baseAddress else { return [] }
      let outcome = Result { () throws(HDF5Error) in
        try read(base)
        return try strings(base, count, place)
      }
      // What HDF5 allocated is freed also after a failure half way.
      let (typeID, spaceID) = (try type.id(), try space.id())
      try Door.call("H5Dvlen_reclaim", place) { chdf5_reclaim(typeID, spaceID, base) }
      return try outcome.get()
    }
  }

  private static func strings(
    _ pointers: UnsafePointer<UnsafePointer<CChar>?>, _ count: Int, _ place: Place
  ) throws(HDF5Error) -> [String] {
    var strings: [String] = []
    for index in 0..<count {
      guard let pointer = pointers[index] else {
        strings.append("")
        continue
      }
      guard let string = String(validatingCString: pointer) else {
        throw .invalidText(file: place.file, object: place.object)
      }
      strings.append(string)
    }
    return strings
  }

  private static func check(_ string: String, _ place: Place) throws(HDF5Error) {
    if string.utf8.contains(0) { throw .invalidText(file: place.file, object: place.object) }
  }
}
