internal import CKernels

/// Sums a tall matrix in parts of neighbouring rows: a row of the result for each part.
///
/// The number of parts is not that of the workers, so that the sum comes out the same for any team.
struct PartialSumKernel: Kernel {
  let rows: Int
  let columns: Int
  let parts: Int
  let source: ValueID
  let result: ValueID

  var label: String { "ReduceSum [\(rows), \(columns)] by columns, in parts" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = share(of: parts, worker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let (first, last) = (rowsOfPart(mine.lowerBound), rowsOfPart(mine.upperBound - 1))
    return [
      .read(source, first.lowerBound * columns..<last.upperBound * columns),
      .write(result, mine.lowerBound * columns..<mine.upperBound * columns),
    ]
  }

  private func rowsOfPart(_ part: Int) -> Range<Int> { share(of: rows, worker: part, in: parts) }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let sums = share(of: parts, worker: worker, in: workers).map { part in
      let mine = rowsOfPart(part)
      return (
        from: memory[source].advanced(byElements: mine.lowerBound * columns),
        to: memory[result].advanced(byElements: part * columns), height: Int64(mine.count)
      )
    }
    let width = Int64(columns)
    return { frame in
      for sum in sums {
        lz_sum_middle(frame.floats(sum.from), frame.floats(sum.to), sum.height, width, 0, 1)
      }
      return 0
    }
  }
}
