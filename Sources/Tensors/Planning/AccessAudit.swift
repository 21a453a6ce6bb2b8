/// Holds kernels to the accesses they declare, on which the placing of barriers and memory rests.
///
/// Each worker's share of each kernel runs alone, on memory in which all that the share did not declare is NaN. A share
/// that reads more spoils its result; one that writes more is found by comparing.
package struct AccessAudit {
  /// What the graph's outputs came to.
  package private(set) var outputs: [NDArray] = []
  /// Each undeclared write, and each write that two workers share.
  package private(set) var violations: [String] = []

  private let lowered: Lowering
  private var memory: [[Float]] = []

  /// Computes a graph share by share.
  ///
  /// - Parameters:
  ///   - values: one for each of `inputs`.
  ///   - workers: among how many each kernel is shared out.
  package init(
    inputs: [Tensor], values: [NDArray], outputs: [Tensor], updates: [ParameterUpdate] = [],
    workers: Int
  ) throws(TensorError) {
    var lowering = try Lowering(
      inputs: inputs, outputs: outputs, updates: updates.map(\.tensor), workers: workers)
    let ends = outputs.map { lowering.value($0) }
    lowering.joinUpdates(keeping: Set(ends))
    lowered = lowering
    memory = lowered.values.map { value in
      switch value.origin {
      case .arena: [Float](repeating: .nan, count: value.count)
      case .input(let number): values[number].scalars
      case .parameter(let number): lowered.parameters[number].value.scalars
      case .constant(let number): lowered.constants[number].scalars
      }
    }
    for kernel in lowered.kernels { try audit(kernel, workers) }
    self.outputs = zip(outputs, ends).map { NDArray(memory[$1], shape: $0.shape) }
  }

  private mutating func audit(_ kernel: any Kernel, _ workers: Int) throws(TensorError) {
    var result = memory
    var written: [ValueID: [Range<Int>]] = [:]
    for worker in 0..<workers {
      let accesses = kernel.accesses(of: worker, in: workers)
      guard !accesses.isEmpty else { continue }
      let before = poisoned(outside: accesses)
      let after = try run(kernel, worker, workers, on: before)
      var kept = after
      for access in accesses where access.isWrite {
        if written[access.value, default: []].contains(where: { $0.overlaps(access.range) }) {
          violations.append("\(kernel.label): two workers write \(access.range)")
        }
        written[access.value, default: []].append(access.range)
        result[access.value].replaceSubrange(access.range, with: after[access.value][access.range])
        kept[access.value].replaceSubrange(access.range, with: before[access.value][access.range])
      }
      for value in kept.indices
      where kept[value].map(\.bitPattern) != before[value].map(\.bitPattern) {
        violations.append(
          "\(kernel.label): worker \(worker) of \(workers) writes undeclared memory")
      }
    }
    memory = result
  }

  /// The memory with NaN in place of all that is not accessed.
  private func poisoned(outside accesses: [Access]) -> [[Float]] {
    var poisoned = memory.map { [Float](repeating: .nan, count: $0.count) }
    for access in accesses {
      poisoned[access.value].replaceSubrange(
        access.range, with: memory[access.value][access.range])
    }
    return poisoned
  }

  /// What the memory holds after one share ran.
  private func run(
    _ kernel: any Kernel, _ worker: Int, _ workers: Int, on before: [[Float]]
  ) throws(TensorError) -> [[Float]] {
    let blocks = before.map { values in
      let block = Storage(count: values.count)
      block.withMutableFloats { _ = $0.update(from: values) }
      return block
    }
    let map = MemoryMap(blocks.indices.map { Location(slot: $0, offset: 0) })
    var slots = blocks.map(\.base)
    let status = try Engine.makingPrimitives { () throws(TensorError) in
      let task = try kernel.task(of: worker, in: workers, map)
      let scratch = Storage(count: map.scratchBytes / MemoryLayout<Float>.stride + 1)
      return slots.withUnsafeMutableBufferPointer { slots in
        guard let table = slots.baseAddress else { return Int32(0) }
        return task(Frame(slots: table, scratch: scratch.base, randomKey: 0, step: 0))
      }
    }
    guard status == 0 else {
      throw .engineRefused(
        call: "dnnl_primitive_execute", status: Int(status), operation: kernel.label, layer: nil,
        shapes: [])
    }
    return blocks.map { $0.withFloats { Array($0) } }
  }
}
