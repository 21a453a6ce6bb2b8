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
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let threads = min(items.count, processors, 8, 1 + costs.reduce(0, +) / leastCost)
    guard threads > 1 else { return try items.map(transform) }
    let order = items.indices.sorted { costs[$0] > costs[$1] }
    let next = Atomic(0)
    let results = Mutex([Int: Result]())
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while failure.withLock({ $0 == nil }) {
        let turn = next.add(1, ordering: .relaxed).oldValue
        guard turn < order.count else { return }
        do {
          let result = try transform(items[order[turn]])
          results.withLock { $0[order[turn]] = result }
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    let found = results.withLock { $0 }
    return items.indices.compactMap { found[$0] }
  }
}
