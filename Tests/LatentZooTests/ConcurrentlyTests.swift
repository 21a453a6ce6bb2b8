import Synchronization
import Testing

@testable import LatentZoo

@Suite struct ConcurrentlyTests {
  @Test("Every item is dealt once, at its place", arguments: [0, 1, 2, 3, 50])
  func once(_ count: Int) {
    let items = (0..<count).map { "item \($0)" }
    let dealt = Mutex([Int: [String]]())
    Concurrently.share(items, costs: items.map { _ in 1 << 20 }) { next in
      // Two under way at a time, as digests are made.
      while let first = next() {
        for (place, item) in [first, next()].compactMap(\.self) {
          dealt.withLock { $0[place, default: []].append(item) }
        }
      }
    }
    #expect(
      dealt.withLock { $0 }
        == Dictionary(uniqueKeysWithValues: items.indices.map { ($0, [items[$0]]) }))
  }

  @Test("Results are in the order of the items, whatever they cost") func order() throws {
    let items = Array(0..<40)
    let squares = try Concurrently.map(items, costs: items.map { $0 % 7 << 20 }) { $0 * $0 }
    #expect(squares == items.map { $0 * $0 })
  }

  @Test("What one item throws is thrown, and later items are left out") func failure() {
    struct Failure: Error {}
    #expect(throws: Failure.self) {
      try Concurrently.map([1, 2, 3], costs: [0, 0, 0]) { if $0 == 1 { throw Failure() } }
    }
  }
}
