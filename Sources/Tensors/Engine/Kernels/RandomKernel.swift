internal import CKernels

/// Draws random numbers; each depends on its place alone, so the sharing out does not matter.
struct RandomKernel: Kernel {
  let distribution: RandomNumbers.Distribution
  let stream: UInt32
  let shape: Shape
  let result: ValueID

  var label: String { "Random \(shape)" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = shape.elements(of: worker, in: workers)
    return mine.isEmpty ? [] : [.write(result, mine)]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = shape.elements(of: worker, in: workers)
    let (begin, end, to) = (Int64(mine.lowerBound), Int64(mine.upperBound), memory[result])
    let (stream, isNormal) = (stream, distribution == .normal)
    return { frame in
      let state = lz_random_state(key: frame.randomKey, step: frame.step, stream: stream)
      if isNormal {
        lz_random_normal(state, frame.floats(to), begin, end)
      } else {
        lz_random_uniform(state, frame.floats(to), begin, end)
      }
      return 0
    }
  }
}
