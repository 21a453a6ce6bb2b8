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
  /// Floating-point operations of a run in matrix products and convolutions.
  public let flopCount: Double

  private let job: EngineJob
  private let parameters: [Parameter]
  private let constants: [Storage]
  private let outputLocations: [Location]
  let workers: [WorkerProgram]
  private let memory: Arena
  /// Runs since profiling began.
  var profiledRuns = 0
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
  ///   - engine: where the plan runs.
  /// - Throws: the mistake a tensor carries, ``TensorError/engineRefused(call:status:operation:layer:shapes:)``
  ///   or ``TensorError/outOfMemory(bytes:largest:)``.
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
          try WorkerProgram(schedule, lowered, worker: worker, of: count, map))
      }
      return programs
    }
    let taken = Arena(bytes: arena.byteCount, scratchBytes: map.scratchBytes, workers: count)
    guard let taken else {
      throw .outOfMemory(
        bytes: arena.byteCount + count * map.scratchBytes, largest: lowered.largestResult)
    }
    memory = taken
    job = try EngineJob(
      phases: (schedule.phases.last ?? 0) + 1, parts: count, on: engine)
    workers = programs
    inputShapes = inputs.map(\.shape)
    outputShapes = outputs.map(\.shape)
    outputLocations = ends.map { map[$0] }
    arenaByteCount = arena.byteCount
    flopCount = lowered.kernels.reduce(0) { $0 + $1.flopCount }
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
  ///   ``TensorError/engineRefused(call:status:operation:layer:shapes:)``.
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
    profiledRuns += 1
    hasFailed.store(false, ordering: .relaxed)
    job.run { phase, part in
      let frame = Frame(
        slots: table, scratch: memory.scratch(of: part), randomKey: seed, step: step)
      workers[part].run(phase: phase, frame, hasFailed)
    }
    for worker in workers { try worker.throwFailure() }
  }

  /// Finds the parameters' memory, which may have moved.
  private func pointToParameters() {
    for (number, parameter) in parameters.enumerated() {
      slots[1 + inputShapes.count + number] = parameter.base
    }
  }

  /// Runs the plan once on given arrays, of the shapes that the plan was made for.
  ///
  /// - Throws: as ``run(on:seed:step:)``.
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

  /// Calls `body` with what the last run left in an output, row-major, to be read before the next run.
  ///
  /// - Throws: what `body` throws.
  public func withOutput<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    pointToParameters()
    let location = outputLocations[index]
    let base = (slots[location.slot] + location.offset).assumingMemoryBound(to: Float.self)
    return try body(UnsafeBufferPointer(start: base, count: outputShapes[index].count))
  }
}

/// The memory of a plan: intermediate values, and scratch for each worker.
private final class Arena {
  let base: UnsafeMutableRawPointer
  private let arenaBytes: Int
  private let scratchBytes: Int

  init?(bytes: Int, scratchBytes: Int, workers: Int) {
    let page = 4096
    arenaBytes = (bytes + page) / page * page
    self.scratchBytes = (scratchBytes + page) / page * page
    let total = arenaBytes + workers * self.scratchBytes
    guard let made = aligned_alloc(page, total) else { return nil }
    base = made
  }

  deinit { free(base) }

  func scratch(of worker: Int) -> UnsafeMutableRawPointer {
    base + arenaBytes + worker * scratchBytes
  }
}
