import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The tasks of one worker in running order.
final class WorkerProgram {
  /// A worker's share of a kernel, and what is known of it.
  struct Entry {
    /// `nil` is a barrier.
    let task: Task?
    /// The same for all workers' shares of a kernel, and for a barrier.
    let number: Int
    let label: String
    let layer: String?
    /// Floating-point operations of the whole kernel.
    let flopCount: Double
    /// Whether it changes parameters: left out once a run has failed.
    let changesParameters: Bool
  }

  let entries: [Entry]
  /// The entries of each phase, the barrier before them left out.
  private let phases: [Range<Int>]
  /// Nanoseconds spent in each entry; empty unless profiling.
  private(set) var spent: [UInt64] = []
  private var failure: (status: Int32, entry: Entry)?
  /// When the part last ended, while profiling: what follows is waiting.
  private var lastEnd: UInt64 = 0

  init(
    _ schedule: Schedule, _ lowered: Lowering, worker: Int, of workers: Int, _ map: MemoryMap
  ) throws(TensorError) {
    var entries: [Entry] = []
    var phase = 0
    var starts = [0]
    for (place, number) in schedule.order.enumerated() {
      if schedule.phases[place] > phase {
        phase = schedule.phases[place]
        entries.append(
          Entry(
            task: nil, number: -phase, label: "barrier", layer: nil, flopCount: 0,
            changesParameters: false))
        starts.append(entries.count)
      }
      guard !schedule.accesses[number][worker].isEmpty else { continue }
      let (kernel, layer) = (lowered.kernels[number], lowered.layers[number])
      entries.append(
        Entry(
          task: try Self.task(kernel, layer, worker, workers, map), number: number,
          label: kernel.label,
          layer: layer, flopCount: kernel.flopCount, changesParameters: kernel.changesParameters))
    }
    self.entries = entries
    let ends = starts.dropFirst().map { $0 - 1 } + [entries.count]
    phases = zip(starts, ends).map { $0..<$1 }
  }

  /// A worker's share of a kernel; a refusal is told with the layer's name.
  private static func task(
    _ kernel: any Kernel, _ layer: String?, _ worker: Int, _ workers: Int, _ map: MemoryMap
  ) throws(TensorError) -> Task {
    do throws(TensorError) {
      return try kernel.task(of: worker, in: workers, map)
    } catch {
      guard case .engineRefused(let call, let status, let operation, nil, let shapes) = error
      else { throw error }
      throw .engineRefused(
        call: call, status: status, operation: operation, layer: layer, shapes: shapes)
    }
  }

  func startProfiling() { spent = Array(repeating: 0, count: entries.count) }

  func run(phase: Int, _ frame: Frame, _ hasFailed: borrowing Atomic<Bool>) {
    if phase == 0 { failure = nil }
    let isProfiling = !spent.isEmpty
    var before = isProfiling ? now() : 0
    if isProfiling, phase > 0 { spent[phases[phase].lowerBound - 1] += before - lastEnd }
    for index in phases[phase] {
      // A step that went wrong moves no weights, as far as workers can know of each other.
      if entries[index].changesParameters, hasFailed.load(ordering: .acquiring) { continue }
      let status = entries[index].task?(frame) ?? 0
      if status != 0, failure == nil {
        failure = (status, entries[index])
        hasFailed.store(true, ordering: .releasing)
      }
      guard isProfiling else { continue }
      let after = now()
      spent[index] += after - before
      before = after
    }
    lastEnd = before
  }

  private func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  func throwFailure() throws(TensorError) {
    guard let (status, entry) = failure else { return }
    if status == KernelStatus.indexOutOfRange {
      throw .indexOutOfRange(operation: entry.label, layer: entry.layer)
    }
    throw .engineRefused(
      call: "dnnl_primitive_execute", status: Int(status), operation: entry.label,
      layer: entry.layer, shapes: [])
  }
}
