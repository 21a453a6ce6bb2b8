internal import CKernels

/// A chain of elementwise operators, shared out by rows.
struct ElementwiseKernel: Kernel {
  let label: String
  let program: ChainProgram

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = share(of: program.rows, worker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    return program.kinds.indices.compactMap { slot in
      guard let value = program.values[slot] else { return nil }
      let range =
        switch program.kinds[slot] {
        case .full: mine.lowerBound * program.columns..<mine.upperBound * program.columns
        case .column: mine
        case .row: 0..<program.columns
        case .scalar, .register: 0..<1
        }
      return Access(value: value, range: range, isWrite: program.results.contains(slot))
    }
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = share(of: program.rows, worker: worker, in: workers)
    let compiled = CompiledChain(program, memory)
    memory.wantScratch(
      bytes: program.kinds.count * Int(LZ_TILE) * MemoryLayout<Float>.stride)
    return { frame in
      compiled.run(mine, frame)
      return 0
    }
  }
}

/// The C form of a chain, and the table of its slots' addresses; one for each worker.
private final class CompiledChain {
  private let steps: UnsafeMutableBufferPointer<lz_step>
  private let kinds: UnsafeMutableBufferPointer<Int32>
  private let addresses: UnsafeMutableBufferPointer<UnsafeMutablePointer<Float>?>
  private let locations: [(slot: Int, location: Location)]
  private var program: lz_program

  init(_ chain: ChainProgram, _ memory: MemoryMap) {
    precondition(
      chain.kinds.count <= Int(LZ_MAX_SLOTS), "a chain of \(chain.kinds.count) slots is too long")
    let made = chain.steps.map { step in
      let inputs = step.inputs + Array(repeating: step.inputs[0], count: 3 - step.inputs.count)
      return lz_step(
        operation: Int32(step.operation.code.rawValue), out: Int32(step.out),
        a: Int32(inputs[0]), b: Int32(inputs[1]), c: Int32(inputs[2]))
    }
    steps = .allocate(capacity: made.count)
    _ = steps.initialize(fromContentsOf: made)
    kinds = .allocate(capacity: chain.kinds.count)
    _ = kinds.initialize(fromContentsOf: chain.kinds.map { Int32($0.code.rawValue) })
    addresses = .allocate(capacity: chain.kinds.count)
    addresses.initialize(repeating: nil)
    locations = chain.values.enumerated().compactMap { slot, value in
      value.map { (slot, memory[$0]) }
    }
    program = lz_program(
      steps: steps.baseAddress, slot_kinds: kinds.baseAddress, step_count: Int32(made.count),
      slot_count: Int32(chain.kinds.count), columns: Int64(chain.columns))
  }

  deinit {
    steps.deallocate()
    kinds.deallocate()
    addresses.deallocate()
  }

  func run(_ rows: Range<Int>, _ frame: Frame) {
    for (slot, location) in locations { addresses[slot] = frame.floats(location) }
    lz_program_run(
      &program, addresses.baseAddress, Int64(rows.lowerBound), Int64(rows.upperBound),
      frame.scratch.assumingMemoryBound(to: Float.self))
  }
}

extension ChainProgram.SlotKind {
  fileprivate var code: lz_slot_kind {
    switch self {
    case .full: LZ_FULL
    case .scalar: LZ_SCALAR
    case .row: LZ_ROW
    case .column: LZ_COLUMN
    case .register: LZ_REGISTER
    }
  }
}

extension ChainProgram.StepOperation {
  fileprivate var code: lz_operation {
    switch self {
    case .copy: LZ_COPY
    case .rowSum: LZ_ROW_SUM
    case .elementwise(let operation): operation.code
    }
  }
}

extension Elementwise {
  fileprivate var code: lz_operation {
    switch self {
    case .negate: LZ_NEG
    case .absolute: LZ_ABS
    case .exponential: LZ_EXP
    case .logarithm: LZ_LOG
    case .squareRoot: LZ_SQRT
    case .reciprocal: LZ_RECIPROCAL
    case .sigmoid: LZ_SIGMOID
    case .tanh: LZ_TANH
    case .softplus: LZ_SOFTPLUS
    case .errorFunction: LZ_ERF
    case .sine: LZ_SIN
    case .cosine: LZ_COS
    case .relu: LZ_RELU
    case .sign: LZ_SIGN
    case .add: LZ_ADD
    case .subtract: LZ_SUB
    case .multiply: LZ_MUL
    case .divide: LZ_DIV
    case .maximum: LZ_MAX
    case .minimum: LZ_MIN
    case .greater: LZ_GREATER
    case .less: LZ_LESS
    case .equal: LZ_EQUAL
    case .greaterOrEqual: LZ_GREATER_EQUAL
    case .lessOrEqual: LZ_LESS_EQUAL
    case .not: LZ_NOT
    case .and: LZ_AND
    case .or: LZ_OR
    case .power: LZ_POW
    case .select: LZ_WHERE
    }
  }
}
