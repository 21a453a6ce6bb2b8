internal import CZlib

/// Reads a file from its beginning, unpacking it where it is gzip-compressed.
///
/// Memory stays small: compressed bytes pass through one buffer, unpacked ones go straight to where the
/// caller wants them.
final class GzipReader {
  /// The path as it was given, for messages.
  let path: String
  /// Whether the file is compressed: gzip files begin with the bytes `1f 8b`.
  let isCompressed: Bool
  /// An upper bound of the uncompressed size in bytes; exact for a file that is not compressed.
  let sizeLimit: Int
  private let file: InputFile
  private let input: UnsafeMutableRawBufferPointer
  /// On the heap because zlib keeps a pointer back to it.
  private let stream: UnsafeMutablePointer<z_stream>
  private var ended = false

  /// Deflate packs at most 1032 bytes into one.
  private static let greatestRatio = 1032
  private static let inputSize = 1 << 18

  /// Opens a file and finds out whether it is compressed.
  init(path: String) throws(DatasetError) {
    self.path = path
    file = try InputFile(path: path)
    input = .allocate(byteCount: Self.inputSize, alignment: 16)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    var start = 0
    var failure: DatasetError?
    do throws(DatasetError) { start = try file.read(into: input) } catch { failure = error }
    isCompressed = start >= 2 && input[0] == 0x1f && input[1] == 0x8b
    let (limit, overflow) = file.size.multipliedReportingOverflow(by: Self.greatestRatio)
    sizeLimit = isCompressed ? (overflow ? .max : limit) : file.size
    setInput(count: start)
    if let failure { throw failure }
    if isCompressed {
      try check(latentzoo_inflate_init_gzip(stream), "inflateInit2")
    }
  }

  deinit {
    if isCompressed { inflateEnd(stream) }
    stream.deinitialize(count: 1)
    stream.deallocate()
    input.deallocate()
  }

  /// Reads on until `target` is full or the contents end; returns the number of bytes read.
  ///
  /// - Throws: ``DatasetError/unreadable(path:reason:)`` and
  ///   ``DatasetError/corruptGzip(path:reason:)``.
  func read(into target: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
    var filled = 0
    while filled < target.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: target[filled...])
      let got = try isCompressed ? inflateSome(into: rest) : copySome(into: rest)
      if got == 0 { break }
      filled += got
    }
    return filled
  }

  /// Whether nothing is left to read.
  ///
  /// Asking also makes zlib compare its checksum with the one at the end of the file.
  func isAtEnd() throws(DatasetError) -> Bool {
    var byte: UInt8 = 0
    return try withUnsafeMutableBytes(of: &byte) { target throws(DatasetError) in
      try read(into: target) == 0
    }
  }

  private func copySome(into target: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
    let waiting = min(Int(stream.pointee.avail_in), target.count)
    guard waiting > 0 else { return try file.read(into: target) }
    target.copyMemory(from: .init(start: stream.pointee.next_in, count: waiting))
    stream.pointee.next_in += waiting
    stream.pointee.avail_in -= UInt32(waiting)
    return waiting
  }

  /// Unpacks at least one byte unless the contents end.
  private func inflateSome(into target: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
    let room = min(target.count, 1 << 30)
    stream.pointee.next_out = target.baseAddress!.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    while Int(stream.pointee.avail_out) == room {
      if stream.pointee.avail_in == 0 { setInput(count: try file.read(into: input)) }
      if ended && stream.pointee.avail_in == 0 { break }
      if ended {
        // A gzip file may consist of several members, one after another.
        try check(inflateReset(stream), "inflateReset")
        ended = false
      }
      guard stream.pointee.avail_in > 0 else {
        throw .corruptGzip(path: path, reason: "the file breaks off")
      }
      let status = inflate(stream, Z_NO_FLUSH)
      ended = status == Z_STREAM_END
      if !ended { try check(status, "inflate") }
    }
    return room - Int(stream.pointee.avail_out)
  }

  private func setInput(count: Int) {
    stream.pointee.next_in = input.baseAddress!.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(count)
  }

  private func check(_ status: Int32, _ call: String) throws(DatasetError) {
    guard status != Z_OK else { return }
    let message = stream.pointee.msg.map { String(cString: $0) } ?? String(cString: zError(status))
    throw .corruptGzip(path: path, reason: "\(call): \(message), status \(status)")
  }
}
