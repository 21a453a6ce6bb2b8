import Dispatch
import Synchronization

/// Digests of large weights, made from memory by a second thread while the file is being written.
///
/// So the digests in a file are those of the weights as they were, whatever happens to the bytes on their way to the disk.
final class EarlyDigests: Sendable {
  /// A weight in memory; an address may go from thread to thread where a pointer may not.
  private struct Weight: BlockSource {
    let path: String
    let address: UInt
    let count: Int
    private var start = 0

    init(path: String, address: UInt, count: Int) {
      (self.path, self.address, self.count) = (path, address, count)
    }

    var holdsFloats: Bool { true }

    mutating func nextBlock() -> UnsafeRawBufferPointer? {
      let count = min(Fingerprint.blockSize, count - start)
      guard count > 0, let base = UnsafeRawPointer(bitPattern: address) else { return nil }
      defer { start += count }
      return UnsafeRawBufferPointer(start: base + start, count: count)
    }
  }

  private struct State {
    var waiting: [Weight]
    var done: [String: Fingerprint] = [:]
  }

  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "latentzoo.digests")
  private let group = DispatchGroup()

  /// Weights of fewer bytes are left to whoever seals the file.
  private static let leastCount = 1 << 20

  /// Begins to make the digests of weights.
  ///
  /// - Precondition: the parameters live and stay as they are until ``finish()`` or ``stop()`` has returned.
  init(of parameters: [(path: String, parameter: Parameter)]) {
    let weights = parameters.compactMap { path, parameter in
      parameter.withFloats { floats -> Weight? in
        let bytes = UnsafeRawBufferPointer(floats)
        guard let base = bytes.baseAddress, bytes.count >= Self.leastCount else { return nil }
        return Weight(
          path: "\(CheckpointFormat.networks)/\(path)", address: UInt(bitPattern: base),
          count: bytes.count)
      }
    }
    state = Mutex(State(waiting: weights.sorted { $0.count < $1.count }))
    guard !weights.isEmpty else { return }
    queue.async(group: group) { self.work() }
  }

  /// Helps with what is left, and gives what is known of each weight by its path in the file.
  func finish() -> [String: Fingerprint] {
    work()
    group.wait()
    return state.withLock { $0.done }
  }

  /// Leaves the rest undone.
  func stop() {
    state.withLock { $0.waiting = [] }
    group.wait()
  }

  private func work() {
    Fingerprint.take(
      of: { state.withLock { $0.waiting.popLast() } },
      done: { weight, outcome in
        let fingerprint = outcome.get()
        state.withLock { $0.done[weight.path] = fingerprint }
      })
  }
}
