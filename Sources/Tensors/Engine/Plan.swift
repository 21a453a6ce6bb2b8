import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A graph made ready to run: memory laid out, kernels created, work shared out among an engine's threads.
///
/// Making a plan costs milliseconds; a run allocates nothing. A plan is used from one thread at a time.
public final class Plan {
  /// Shapes of what a run is given.
  public let inputShapes: [Shape]
  /// Shapes of what a run leaves behind.
  public let outputShapes: [Shape]
  /// Bytes of memory for intermediate values.
  public let arenaByteCount: Int
  /// How often the workers wait for each other in a run.
  public let barrierCount: Int

  private let engine: Engine
  private let parameters: [Parameter]
  private let constants: [Storage]
  private let outputLocations: [Location]
  private let workers: [WorkerProgram]
  private let memory: Arena
  private let hasFailed = Atomic(false)
  private let slots: UnsafeMutableBufferPointer<UnsafeMutableRawPointer>
  private let ownInputs: [Storage?]
  /// What the last run was given: an output may be an input or a view of one.
  private var lastInputs: [Storage] = []

  /// Plans a graph.
  ///
  /// - Parameters:
  ///   - inputs: made with ``Tensor/input(_:)``; each run gives a value for each.
  ///   - outputs: what each run leaves behind to be read.
  ///   - updates: what each run changes, after everything else was computed.
  /// - Throws: the mistake a tensor carries, ``TensorError/engineRefused(call:status:operation:shapes:)``
  ///   or ``TensorError/outOfMemory(bytes:)``.
  public init(
    inputs: [Tensor], outputs: [Tensor], updates: [ParameterUpdate] = [],
    on engine: Engine = .shared
  ) throws(TensorError) {
    let count = engine.threadCount
    var lowering = try Lowering(
      inputs: inputs, outputs: outputs, updates: updates.map(\.tensor), workers: count)
    let ends = outputs.map { lowering.value($0) }
    lowering.joinUpdates(keeping: Set(ends))
    let lowered = lowering
    let schedule = Schedule(lowered.kernels, workers: count)
    let arena = ArenaPlan(
      values: lowered.values, kept: Set(ends), schedule: schedule)
    let map = MemoryMap(Self.locations(lowered, arena, inputCount: inputs.count))
    let programs = try Engine.makingPrimitives { () throws(TensorError) in
      var programs: [WorkerProgram] = []
      for worker in 0..<count {
        programs.append(
          try WorkerProgram(schedule, lowered.kernels, worker: worker, of: count, map))
      }
      return programs
    }
    memory = try Arena(bytes: arena.byteCount, scratchBytes: map.scratchBytes, workers: count)
    self.engine = engine
    workers = programs
    inputShapes = inputs.map(\.shape)
    outputShapes = outputs.map(\.shape)
    outputLocations = ends.map { map[$0] }
    arenaByteCount = arena.byteCount
    barrierCount = schedule.phases.last ?? 0
    parameters = lowered.parameters
    constants = lowered.constants.map { constant in
      let storage = Storage(count: constant.shape.count)
      storage.withMutableFloats { _ = $0.update(from: constant.scalars) }
      return storage
    }
    ownInputs = inputShapes.map { $0.count <= 4096 ? Storage(count: $0.count) : nil }
    slots = .allocate(
      capacity: 1 + inputs.count + lowered.parameters.count + lowered.constants.count)
    slots.initialize(repeating: memory.base)
    for (number, storage) in constants.enumerated() {
      slots[1 + inputs.count + parameters.count + number] = storage.base
    }
  }

  deinit { slots.deallocate() }

  /// Slot 0 is the arena; inputs, parameters and constants follow.
  private static func locations(
    _ lowered: Lowering, _ arena: ArenaPlan, inputCount: Int
  ) -> [Location] {
    lowered.values.enumerated().map { id, value in
      switch value.origin {
      case .arena: Location(slot: 0, offset: arena.offsets[id] ?? 0)
      case .input(let number): Location(slot: 1 + number, offset: 0)
      case .parameter(let number): Location(slot: 1 + inputCount + number, offset: 0)
      case .constant(let number):
        Location(slot: 1 + inputCount + lowered.parameters.count + number, offset: 0)
      }
    }
  }

  /// Runs the plan once on memory that the caller filled.
  ///
  /// - Parameters:
  ///   - inputs: a block for each input; it may be larger than the input.
  ///   - seed: key of all random numbers drawn inside.
  ///   - step: counts the runs, so that each draws fresh numbers.
  /// - Throws: ``TensorError/wrongInput(index:expected:found:)`` or
  ///   ``TensorError/engineRefused(call:status:operation:shapes:)``.
  public func run(
    on inputs: [Storage], seed: UInt64 = 0, step: UInt64 = 0
  ) throws(TensorError) {
    for (index, shape) in inputShapes.enumerated() {
      guard index < inputs.count else {
        throw .wrongInput(index: index, expected: shape, found: nil)
      }
      guard inputs[index].count >= shape.count else {
        throw .wrongInput(index: index, expected: shape, found: [inputs[index].count])
      }
      slots[1 + index] = inputs[index].base
    }
    lastInputs = inputs
    pointToParameters()
    let (workers, memory, table) = (workers, memory, slots.baseAddress)
    guard let table else { return }
    hasFailed.store(false, ordering: .relaxed)
    engine.run { [self] worker, barrier in
      let frame = Frame(
        slots: table, scratch: memory.scratch(of: worker), randomKey: seed, step: step)
      workers[worker].run(frame, barrier, hasFailed)
    }
    for worker in workers { try worker.throwFailure() }
  }

  /// Time one worker spent in one kernel, or at a barrier, since profiling began.
  public struct KernelTime: Hashable, Sendable {
    /// Operators and shapes, such as `Gemm [128, 784] x [400, 784]+Relu`.
    public let label: String
    /// The worker.
    public let worker: Int
    /// Seconds, over all runs.
    public let seconds: Double
  }

  /// Begins to measure every kernel; each run then takes a little longer.
  public func startProfiling() {
    for worker in workers { worker.startProfiling() }
  }

  /// What was measured since ``startProfiling()``, in running order; nothing without it.
  public var profile: [KernelTime] {
    workers.enumerated().flatMap { number, program in
      program.times.map {
        KernelTime(label: $0.label, worker: number, seconds: Double($0.nanoseconds) * 1e-9)
      }
    }
  }

  /// Finds the parameters' memory, which may have moved.
  private func pointToParameters() {
    for (number, parameter) in parameters.enumerated() {
      slots[1 + inputShapes.count + number] = parameter.base
    }
  }

  /// Runs the plan once on given arrays.
  public func run(
    _ inputs: [NDArray], seed: UInt64 = 0, step: UInt64 = 0
  ) throws(TensorError) {
    var blocks: [Storage] = []
    for (index, input) in inputs.enumerated() {
      guard index < inputShapes.count, input.shape == inputShapes[index] else {
        let expected = index < inputShapes.count ? inputShapes[index] : .scalar
        throw .wrongInput(index: index, expected: expected, found: input.shape)
      }
      let block = ownInputs[index] ?? Storage(count: input.shape.count)
      block.withMutableFloats { _ = $0.update(from: input.scalars) }
      blocks.append(block)
    }
    try run(on: blocks, seed: seed, step: step)
  }

  /// What the last run left in an output, copied.
  public func output(_ index: Int) -> NDArray {
    withOutput(index) { NDArray(Array($0), shape: outputShapes[index]) }
  }

  /// Calls `body` with what the last run left in an output, to be read before the next run.
  public func withOutput<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    pointToParameters()
    let location = outputLocations[index]
    let base = (slots[location.slot] + location.offset).assumingMemoryBound(to: Float.self)
    return try body(UnsafeBufferPointer(start: base, count: outputShapes[index].count))
  }
}

/// The tasks of one worker in running order.
private final class WorkerProgram {
  /// `nil` is a barrier.
  private let tasks: [Task?]
  private let labels: [String]
  private let changesParameters: [Bool]
  private var failure: (status: Int32, label: String)?

  init(
    _ schedule: Schedule, _ kernels: [any Kernel], worker: Int, of workers: Int, _ map: MemoryMap
  ) throws(TensorError) {
    var tasks: [Task?] = []
    var labels: [String] = []
    var changesParameters: [Bool] = []
    var phase = 0
    for (place, kernel) in schedule.order.enumerated() {
      if schedule.phases[place] > phase {
        phase = schedule.phases[place]
        tasks.append(nil)
        labels.append("barrier")
        changesParameters.append(false)
      }
      guard !schedule.accesses[kernel][worker].isEmpty else { continue }
      tasks.append(try kernels[kernel].task(of: worker, in: workers, map))
      labels.append(kernels[kernel].label)
      changesParameters.append(kernels[kernel].changesParameters)
    }
    self.tasks = tasks
    self.labels = labels
    self.changesParameters = changesParameters
  }

  /// Nanoseconds spent in each task; empty unless profiling.
  private var spent: [UInt64] = []

  func startProfiling() { spent = Array(repeating: 0, count: tasks.count) }

  var times: [(label: String, nanoseconds: UInt64)] {
    spent.indices.map { (labels[$0], spent[$0]) }
  }

  func run(_ frame: Frame, _ barrier: () -> Void, _ hasFailed: borrowing Atomic<Bool>) {
    failure = nil
    let isProfiling = !spent.isEmpty
    for index in tasks.indices {
      let start = isProfiling ? now() : 0
      if let task = tasks[index] {
        // A step that went wrong moves no weights, as far as workers can know of each other.
        if changesParameters[index], hasFailed.load(ordering: .acquiring) { continue }
        let status = task(frame)
        if status != 0, failure == nil {
          failure = (status, labels[index])
          hasFailed.store(true, ordering: .releasing)
        }
      } else {
        barrier()
      }
      if isProfiling { spent[index] += now() - start }
    }
  }

  private func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  func throwFailure() throws(TensorError) {
    guard let failure else { return }
    if failure.status == KernelStatus.indexOutOfRange {
      throw .indexOutOfRange(operation: failure.label)
    }
    throw .engineRefused(
      call: "dnnl_primitive_execute", status: Int(failure.status), operation: failure.label,
      shapes: [])
  }
}

/// The memory of a plan: intermediate values, and scratch for each worker.
private final class Arena {
  let base: UnsafeMutableRawPointer
  private let arenaBytes: Int
  private let scratchBytes: Int

  init(bytes: Int, scratchBytes: Int, workers: Int) throws(TensorError) {
    let page = 4096
    arenaBytes = (bytes + page) / page * page
    self.scratchBytes = (scratchBytes + page) / page * page
    let total = arenaBytes + workers * self.scratchBytes
    guard let made = aligned_alloc(page, total) else { throw .outOfMemory(bytes: total) }
    base = made
  }

  deinit { free(base) }

  func scratch(of worker: Int) -> UnsafeMutableRawPointer {
    base + arenaBytes + worker * scratchBytes
  }
}
