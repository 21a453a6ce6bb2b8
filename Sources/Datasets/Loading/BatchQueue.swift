import Foundation
import Tensors

/// The buffers that pass between the prefetch thread and the consumer of a ``BatchLoader``.
///
/// Unchecked because Swift cannot see that `condition` guards every variable: each method locks it first.
final class BatchQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private let bufferSize: Int
  private var empty: [Storage]
  private var filled: [FilledBuffer] = []
  private var isFilling = false
  private var isClosed = false

  /// Makes a queue with `count` empty buffers of `bufferSize` floats.
  init(count: Int, bufferSize: Int) {
    self.bufferSize = bufferSize
    empty = (0..<count).map { _ in Storage(count: bufferSize) }
  }

  /// Ends the queue: nothing more will be put in or given out to be filled.
  ///
  /// Batches that are filled already can still be taken unless `discarding` them.
  func close(discarding: Bool) {
    condition.withLock {
      isClosed = true
      if discarding { filled = [] }
      condition.broadcast()
    }
  }

  /// An empty buffer, for the prefetch thread; waits for one, `nil` once the queue is closed.
  func takeEmpty() -> Storage? {
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
  func takeFilled() -> FilledBuffer? {
    condition.withLock {
      while filled.isEmpty && !isClosed {
        // A consumer that keeps many batches at once gets another buffer instead of waiting for ever.
        if empty.isEmpty && !isFilling {
          empty.append(Storage(count: bufferSize))
          condition.broadcast()
        }
        condition.wait()
      }
      return filled.isEmpty ? nil : filled.removeFirst()
    }
  }

  /// Takes back the buffer of a batch that was used.
  func giveBack(_ storage: Storage) {
    condition.withLock {
      empty.append(storage)
      condition.broadcast()
    }
  }
}
