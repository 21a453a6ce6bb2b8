import Dispatch
import Synchronization

/// Digests of large weights, made from memory by a second thread while the file is being written.
///
/// So the digests in a file are those of the weights as they were, whatever happens to the bytes on their way to the disk.
final class EarlyDigests: Sendable {
  /// What is known of a weight.
  struct Digest {
    /// SHA-256 of its bytes.
    let sha256: [UInt8]
    /// Number of bytes.
    let count: Int
    /// Whether all its elements are finite numbers.
    let areFinite: Bool
  }

  /// The bytes of a weight; an address may go from thread to thread where a pointer may not.
  private struct Range {
    let path: String
    let address: UInt
    let count: Int
  }

  private struct State {
    var waiting: [Range]
    var done: [String: Digest] = [:]
  }

  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "latentzoo.digests")
  private let group = DispatchGroup()

  /// Weights of fewer bytes are left to whoever seals the file.
  private static let leastCount = 1 << 20
  /// Bytes looked at together: few enough for a core's own cache.
  private static let blockSize = 128 << 10

  /// Begins to make the digests of weights.
  ///
  /// - Precondition: the parameters live and stay as they are until ``finish()`` or ``stop()`` has returned.
  init(of parameters: [(path: String, parameter: Parameter)]) {
    let ranges = parameters.compactMap { path, parameter in
      parameter.withFloats { floats -> Range? in
        let bytes = UnsafeRawBufferPointer(floats)
        guard let base = bytes.baseAddress, bytes.count >= Self.leastCount else { return nil }
        return Range(
          path: "\(CheckpointFormat.networks)/\(path)", address: UInt(bitPattern: base),
          count: bytes.count)
      }
    }
    state = Mutex(State(waiting: ranges.sorted { $0.count < $1.count }))
    guard !ranges.isEmpty else { return }
    queue.async(group: group) { self.work() }
  }

  /// Helps with what is left, and gives the digests by path in the file.
  func finish() -> [String: Digest] {
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
    while let range = state.withLock({ $0.waiting.popLast() }) {
      guard let base = UnsafeRawPointer(bitPattern: range.address) else { continue }
      let digest = Self.digest(of: UnsafeRawBufferPointer(start: base, count: range.count))
      state.withLock { $0.done[range.path] = digest }
    }
  }

  private static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
    var hash = SHA256Digest()
    var areFinite = true
    for start in stride(from: 0, to: bytes.count, by: blockSize) {
      let block = UnsafeRawBufferPointer(
        rebasing: bytes[start..<min(start + blockSize, bytes.count)])
      hash.update(block)
      areFinite = areFinite && block.bindMemory(to: Float.self).areFinite
    }
    return Digest(sha256: hash.finish(), count: bytes.count, areFinite: areFinite)
  }
}
