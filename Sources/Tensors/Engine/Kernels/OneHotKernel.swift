internal import CKernels

/// Writes a row of zeros with a 1 for each index, shared out by the rows of the indices.
struct OneHotKernel: Kernel {
  let count: Int
  let shape: Shape
  let indices: ValueID
  let result: ValueID

  var label: String { "OneHot \(shape) of \(count)" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = shape.elements(of: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    return [
      .read(indices, mine), .write(result, mine.lowerBound * count..<mine.upperBound * count),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = shape.elements(of: worker, in: workers)
    let (from, to, count) = (memory[indices], memory[result], Int64(count))
    return { frame in
      lz_one_hot(
        frame.floats(from), frame.floats(to), count, Int64(mine.lowerBound), Int64(mine.upperBound))
    }
  }
}
