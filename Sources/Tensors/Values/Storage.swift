#if canImport(Glibc)
  import Glibc
#endif

/// A block of float32 memory, aligned to a cache line, that engine and readers share without copies.
///
/// Unchecked because Swift cannot see the hand-over: whoever holds a block alone may write it. A batch
/// loader fills a block, hands it over and touches it again only after it was given back; a plan
/// writes its blocks only inside a run, which the engine serialises.
public final class Storage: @unchecked Sendable {
  /// Number of float32 elements.
  public let count: Int
  let base: UnsafeMutableRawPointer

  /// Alignment of every block, in bytes: one cache line, one AVX-512 register.
  static let alignment = 64

  /// Makes a block of `count` zeros.
  ///
  /// - Precondition: `count` is not negative.
  public init(count: Int) {
    (self.count, base) = Self.allocate(count)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: Self.byteCount(of: count))
  }

  /// Makes a block whose elements are undefined until `fill` has written all of them.
  ///
  /// - Throws: what `fill` throws.
  /// - Precondition: `count` is not negative.
  public init<Failure: Error>(
    count: Int, filledBy fill: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Void
  ) throws(Failure) {
    (self.count, base) = Self.allocate(count)
    try withMutableFloats(fill)
  }

  private static func allocate(_ count: Int) -> (Int, UnsafeMutableRawPointer) {
    precondition(count >= 0, "a storage holds no negative number of elements, got \(count)")
    let bytes = byteCount(of: count)
    let isLarge = bytes >= 2 * hugePage
    let base = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: isLarge ? hugePage : alignment)
    #if os(Linux)
      // Fewer and larger pages: a large block is taken into use several times as fast. Where there are none, nothing is lost.
      if isLarge { madvise(base, bytes / hugePage * hugePage, MADV_HUGEPAGE) }
    #endif
    return (count, base)
  }

  /// Bytes of a large page of memory.
  private static let hugePage = 2 << 20

  private static func byteCount(of count: Int) -> Int {
    max(count * MemoryLayout<Float>.stride, alignment)
  }

  deinit { base.deallocate() }

  /// Calls `body` with the elements, to be read.
  ///
  /// - Throws: what `body` throws.
  public func withFloats<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(start: base.assumingMemoryBound(to: Float.self), count: count))
  }

  /// Calls `body` with the elements, to be changed in place.
  ///
  /// - Throws: what `body` throws.
  public func withMutableFloats<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(
      UnsafeMutableBufferPointer(start: base.assumingMemoryBound(to: Float.self), count: count))
  }
}
