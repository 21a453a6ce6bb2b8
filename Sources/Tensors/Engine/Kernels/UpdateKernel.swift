internal import CKernels

/// One fused pass over a parameter, its gradient and its moments, shared out by rows.
struct UpdateKernel: Kernel {
  enum Rule {
    case adam(AdamUpdate)
    case momentum(MomentumUpdate)
  }

  let rule: Rule
  let shape: Shape
  let parameter: ValueID
  let gradient: ValueID
  let rates: ValueID
  let moments: [ValueID]
  let scale: ValueID?

  var label: String {
    switch rule {
    case .adam: "Adam \(shape)"
    case .momentum: "Momentum \(shape)"
    }
  }

  var isUpdate: Bool { true }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = shape.elements(of: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    var accesses: [Access] = [
      .write(parameter, mine), .read(gradient, mine), .read(rates, 0..<3),
    ]
    accesses += moments.map { .write($0, mine) }
    if let scale { accesses.append(.read(scale, 0..<1)) }
    return accesses
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    task(elements: shape.elements(of: worker, in: workers), gradient: memory[gradient], memory)
  }

  /// Updates some elements by the gradient at `gradient`, which lies there as if it were whole.
  func task(elements mine: Range<Int>, gradient: Location, _ memory: MemoryMap) -> Task {
    let (begin, end) = (Int64(mine.lowerBound), Int64(mine.upperBound))
    let (p, g, r) = (memory[parameter], gradient, memory[rates])
    let m = moments.map { memory[$0] }
    let s = scale.map { memory[$0] }
    switch rule {
    case .adam(let adam):
      let settings = lz_adam_settings(
        beta1: adam.beta1, beta2: adam.beta2, epsilon: adam.epsilon,
        weight_decay: adam.weightDecay, decoupled_decay: adam.decoupledDecay)
      return { frame in
        withUnsafePointer(to: settings) {
          lz_adam(
            $0, frame.floats(r), s.map { UnsafePointer(frame.floats($0)) }, frame.floats(p),
            frame.floats(g), frame.floats(m[0]), frame.floats(m[1]), begin, end)
        }
        return 0
      }
    case .momentum(let sgd):
      let settings = lz_sgd_settings(
        momentum: sgd.momentum, weight_decay: sgd.weightDecay, nesterov: sgd.isNesterov ? 1 : 0)
      return { frame in
        withUnsafePointer(to: settings) {
          lz_sgd(
            $0, frame.floats(r), s.map { UnsafePointer(frame.floats($0)) }, frame.floats(p),
            frame.floats(g), m.first.map { frame.floats($0) }, begin, end)
        }
        return 0
      }
    }
  }
}
