import Tensors
import Testing

@testable import LatentZoo

@Suite struct FingerprintTests {
  /// Numbers in memory, in blocks of a size.
  private struct Numbers: BlockSource {
    let name: String
    let blockCount: Int
    var holdsFloats = true
    private let floats: UnsafeMutableBufferPointer<Float>
    private var start = 0

    init(_ name: String, count: Int, blockCount: Int, last: Float = 1) {
      (self.name, self.blockCount) = (name, blockCount)
      floats = .allocate(capacity: count)
      for index in floats.indices { floats[index] = Float(index % 1021) - Float(name.utf8.count) }
      if count > 0 { floats[count - 1] = last }
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(floats) }
    func free() { floats.deallocate() }

    mutating func nextBlock() -> UnsafeRawBufferPointer? {
      let end = min(start + 4 * blockCount, bytes.count)
      guard start < end else { return nil }
      defer { start = end }
      return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }
  }

  /// A source that cannot be read beyond its first block.
  private struct Broken: BlockSource {
    struct Failure: Error {}
    var (holdsFloats, blocks) = (false, 0)

    mutating func nextBlock() throws(Failure) -> UnsafeRawBufferPointer? {
      blocks += 1
      if blocks > 1 { throw Failure() }
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
  }

  @Test(
    "Each of any number of sources has its own digest",
    arguments: [[], [5], [0, 7], [1000, 1000], [70_000, 3, 16], [1, 50_000, 40_001, 0, 9999]])
  func digests(_ counts: [Int]) {
    let sources = counts.enumerated().map { index, count in
      Numbers(String(repeating: "x", count: index), count: count, blockCount: 1 << 12)
    }
    defer { for source in sources { source.free() } }
    var (waiting, found) = (sources[...], [String: Fingerprint]())
    Fingerprint.take(of: { waiting.popFirst() }, done: { found[$0.name] = $1.get() })
    #expect(found.count == sources.count)
    for source in sources {
      #expect(found[source.name]?.sha256 == SHA256.hash(source.bytes))
      #expect(found[source.name]?.count == source.bytes.count)
      #expect(found[source.name]?.areFinite == true)
    }
  }

  @Test("A number that is not finite is told, of float32 only", arguments: [true, false])
  func notFinite(_ holdsFloats: Bool) {
    for last in [Float.infinity, -.infinity, .nan] {
      var sources = [
        Numbers("bad", count: 3001, blockCount: 1000, last: last),
        Numbers("good", count: 5000, blockCount: 1000),
      ]
      defer { for source in sources { source.free() } }
      for index in sources.indices { sources[index].holdsFloats = holdsFloats }
      var (waiting, found) = (sources[...], [String: Fingerprint]())
      Fingerprint.take(of: { waiting.popFirst() }, done: { found[$0.name] = $1.get() })
      #expect(found["bad"]?.areFinite == !holdsFloats && found["good"]?.areFinite == true)
    }
  }

  @Test("Infinities and NaN, and no other numbers, are not finite") func finite() {
    let finite: [Float] = [
      0, -0.0, 1, -1, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude,
      .leastNormalMagnitude, -.pi,
    ]
    #expect(finite.withUnsafeBufferPointer { $0.areFinite })
    for bad in [Float.infinity, -.infinity, .nan, .signalingNaN, -.nan] {
      for place in finite.indices {
        var numbers = finite
        numbers[place] = bad
        #expect(!numbers.withUnsafeBufferPointer { $0.areFinite }, "\(bad) at \(place)")
      }
    }
  }

  @Test("A source that fails does not keep the others from their digests") func failure() {
    var (waiting, failures) = ([Broken(), Broken(), Broken()], 0)
    Fingerprint.take(of: { waiting.popLast() }, done: { if case .failure = $1 { failures += 1 } })
    #expect(failures == 3)
  }
}
