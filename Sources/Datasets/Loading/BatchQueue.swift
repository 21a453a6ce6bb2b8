import Foundation
import Tensors

/// The buffers that pass between the prefetch thread and the consumer of a ``BatchLoader``.
///
/// Unchecked because Swift cannot see that `condition` guards every variable: each method locks it first.
final class BatchQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private let bufferSizes: [Int]
  private var empty: [[Storage]]
  private var filled: [FilledBuffer] = []
  private var isFilling = false
  private var isClosed = false
  private var failure: DatasetError?

  /// Makes a queue with `count` empty sets of buffers of the given numbers of floats.
  init(count: Int, bufferSizes: [Int]) {
    self.bufferSizes = bufferSizes
    empty = (0..<count).map { _ in bufferSizes.map { Storage(count: $0) } }
  }

  /// Ends the queue: nothing more will be put in or given out to be filled.
  ///
  /// Batches that are filled already can still be taken unless `discarding` them.
  func close(discarding: Bool) {
    condition.withLock {
      isClosed = true
      if discarding { (filled, failure) = ([], nil) }
      condition.broadcast()
    }
  }

  /// Ends the queue: the consumer gets what is filled already, then the error.
  func fail(_ error: DatasetError) {
    condition.withLock {
      failure = error
      isClosed = true
      condition.broadcast()
    }
  }

  /// An empty set of buffers, for the prefetch thread; waits for one, `nil` once the queue is closed.
  func takeEmpty() -> [Storage]? {
    condition.withLock {
      while empty.isEmpty && !isClosed { condition.wait() }
      guard !isClosed else { return nil }
      isFilling = true
      return empty.removeLast()
    }
  }

  /// Passes a filled buffer on to the consumer.
  func put(_ batch: FilledBuffer) {
    condition.withLock {
      isFilling = false
      guard !isClosed else { return }
      filled.append(batch)
      condition.broadcast()
    }
  }

  /// The next filled buffer, for the consumer; waits for one, `nil` once the queue is closed and empty.
  ///
  /// - Throws: what the prefetch thread failed with.
  func takeFilled() throws(DatasetError) -> FilledBuffer? {
    let (filled, failure) = condition.withLock { () -> (FilledBuffer?, DatasetError?) in
      while self.filled.isEmpty && !isClosed {
        // A consumer that keeps many batches at once gets another buffer instead of waiting for ever.
        if empty.isEmpty && !isFilling {
          empty.append(bufferSizes.map { Storage(count: $0) })
          condition.broadcast()
        }
        condition.wait()
      }
      return self.filled.isEmpty ? (nil, self.failure) : (self.filled.removeFirst(), nil)
    }
    if let failure { throw failure }
    return filled
  }

  /// Takes back the buffers of a batch that was used.
  func giveBack(_ storages: [Storage]) {
    condition.withLock {
      empty.append(storages)
      condition.broadcast()
    }
  }
}
