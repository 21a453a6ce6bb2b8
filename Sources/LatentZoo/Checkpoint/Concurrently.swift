import Dispatch
import Foundation
import Synchronization

/// Work on several threads at once.
enum Concurrently {
  /// Less work than this, in bytes, is not worth a thread.
  private static let leastCost = 1 << 20

  /// Applies a function to each item, the costliest first.
  ///
  /// - Parameter costs: bytes that each item has to be read or written.
  /// - Returns: the results in the order of the items.
  /// - Throws: what the function throws first; items not begun by then are left out.
  static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], costs: [Int], _ transform: @Sendable (Item) throws -> Result
  ) throws -> [Result] {
    let results = Mutex([Int: Result]())
    let failure = Mutex<(any Error)?>(nil)
    share(items, costs: costs) { next in
      while failure.withLock({ $0 == nil }), let (place, item) = next() {
        do {
          let result = try transform(item)
          results.withLock { $0[place] = result }
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    let found = results.withLock { $0 }
    return items.indices.compactMap { found[$0] }
  }

  /// Has threads take items in turn, the costliest first; each thread may have several under way.
  ///
  /// No thread takes a second item before each has been dealt its first.
  ///
  /// - Parameters:
  ///   - costs: bytes that each item has to be read or written.
  ///   - work: is called on each thread; `next` gives it an item and the item's place, `nil` when all are taken.
  static func share<Item: Sendable>(
    _ items: [Item], costs: [Int],
    _ work: @Sendable (_ next: () -> (place: Int, item: Item)?) -> Void
  ) {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let threads = min(items.count, processors, 8, 1 + costs.reduce(0, +) / leastCost)
    let order = items.indices.sorted { costs[$0] > costs[$1] }
    let taken = Atomic(threads)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      var dealt: Int? = thread
      work {
        let turn = dealt ?? taken.add(1, ordering: .relaxed).oldValue
        dealt = nil
        return turn < order.count ? (order[turn], items[order[turn]]) : nil
      }
    }
  }
}
