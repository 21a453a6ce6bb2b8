/// What is known of a weight, or of another dataset, once all its bytes have been seen.
struct Fingerprint: Hashable, Sendable {
  /// SHA-256 of the bytes.
  let sha256: [UInt8]
  /// Number of bytes.
  let count: Int
  /// Whether all elements are finite numbers; true also where they are not float32.
  let areFinite: Bool

  /// Bytes looked at together: few enough that two blocks stay in a core's own cache.
  static let blockSize = 128 << 10

  /// Takes the fingerprints of sources, two at once on the calling thread, each in one pass.
  ///
  /// - Parameters:
  ///   - next: gives another source, `nil` when there are no more; asked when one of the two has come to its end.
  ///   - done: is told of each source that has come to its end.
  static func take<Source: BlockSource>(
    of next: () -> Source?, done: (Source, Result<Fingerprint, Source.Failure>) -> Void
  ) {
    var lanes: [Lane<Source>] = []
    while true {
      while lanes.count < 2, let source = next() { lanes.append(Lane(source)) }
      if lanes.isEmpty { return }
      for lane in lanes { lane.read() }
      Lane.digest(lanes)
      for lane in lanes {
        if let outcome = lane.outcome { done(lane.source, outcome) }
      }
      lanes.removeAll { $0.outcome != nil }
    }
  }
}

/// A source that is being looked at.
private final class Lane<Source: BlockSource> {
  private(set) var source: Source
  /// What came of it; `nil` while there is more to read.
  private(set) var outcome: Result<Fingerprint, Source.Failure>?
  private var block = UnsafeRawBufferPointer(start: nil, count: 0)
  private var digest = SHA256Digest()
  private var count = 0
  private var areFinite = true

  init(_ source: Source) { self.source = source }

  /// Reads the next block, or comes to the end.
  func read() {
    do throws(Source.Failure) {
      guard let block = try source.nextBlock() else {
        let fingerprint = Fingerprint(
          sha256: digest.finish(), count: count, areFinite: areFinite)
        outcome = .success(fingerprint)
        return
      }
      self.block = block
      count += block.count
      if source.holdsFloats {
        areFinite = areFinite && block.bindMemory(to: Float.self).areFinite
      }
    } catch {
      outcome = .failure(error)
    }
  }

  /// Takes the blocks of one or two lanes into their digests.
  static func digest(_ lanes: [Lane]) {
    let lanes = lanes.filter { $0.outcome == nil }
    guard let first = lanes.first, let last = lanes.last else { return }
    if first === last {
      first.digest.update(first.block)
    } else {
      SHA256Digest.update(&first.digest, with: first.block, &last.digest, with: last.block)
    }
  }
}
