internal import CKernels

/// Sums over an axis that is not the last: by columns when it is the first, by outer extents otherwise.
struct AxisSumKernel: Kernel {
  let outer: Int
  let middle: Int
  let inner: Int
  let source: ValueID
  let result: ValueID

  var label: String { "ReduceSum [\(outer), \(middle), \(inner)] over the middle" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = share(of: outer == 1 ? inner : outer, worker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    guard outer > 1 else {
      return [.read(source, 0..<middle * inner), .write(result, mine)]
    }
    let stride = middle * inner
    return [
      .read(source, mine.lowerBound * stride..<mine.upperBound * stride),
      .write(result, mine.lowerBound * inner..<mine.upperBound * inner),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let (from, to) = (memory[source], memory[result])
    let (middle, inner) = (Int64(middle), Int64(inner))
    if outer == 1 {
      let mine = share(of: self.inner, worker: worker, in: workers)
      return { frame in
        lz_sum_columns(
          frame.floats(from), frame.floats(to), middle, inner, Int64(mine.lowerBound),
          Int64(mine.upperBound))
        return 0
      }
    }
    let mine = share(of: outer, worker: worker, in: workers)
    return { frame in
      lz_sum_middle(
        frame.floats(from), frame.floats(to), middle, inner, Int64(mine.lowerBound),
        Int64(mine.upperBound))
      return 0
    }
  }
}
