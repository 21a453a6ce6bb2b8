internal import CKernels

/// Picks rows by index: along the first axis shared out by the rows of the indices, along another by the first axis.
struct GatherKernel: Kernel {
  /// Extent of what lies before the indexed axis, of that axis, and of what lies inside it.
  let outer: Int
  let count: Int
  let inner: Int
  let indexShape: Shape
  /// Extent of the first axis, where that is not the indexed one.
  let batch: Int?
  let source: ValueID
  let indices: ValueID
  let result: ValueID

  var label: String { "Gather \(indexShape) of [\(outer), \(count), \(inner)]" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let (rows, picks) = shares(worker, workers)
    guard !rows.isEmpty, !picks.isEmpty, inner > 0 else { return [] }
    let (first, last) = (
      rows.lowerBound * indexShape.count, (rows.upperBound - 1) * indexShape.count
    )
    return [
      .read(source, rows.lowerBound * count * inner..<rows.upperBound * count * inner),
      .read(indices, picks),
      .write(result, (first + picks.lowerBound) * inner..<(last + picks.upperBound) * inner),
    ]
  }

  private func shares(_ worker: Int, _ workers: Int) -> (rows: Range<Int>, picks: Range<Int>) {
    guard let batch else { return (0..<outer, indexShape.elements(of: worker, in: workers)) }
    return (outer.share(ofBatch: batch, worker: worker, in: workers), 0..<indexShape.count)
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let (rows, picks) = shares(worker, workers)
    let (from, at, to) = (memory[source], memory[indices], memory[result])
    let (count, inner, picked) = (Int64(count), Int64(inner), Int64(indexShape.count))
    return { frame in
      lz_gather(
        frame.floats(from), frame.floats(at), frame.floats(to), count, inner, picked,
        Int64(rows.lowerBound), Int64(rows.upperBound), Int64(picks.lowerBound),
        Int64(picks.upperBound))
    }
  }
}

extension Int {
  /// The part of this many rows, as many for each example of a batch, that falls to a worker with its examples.
  func share(ofBatch batch: Int, worker: Int, in workers: Int) -> Range<Int> {
    let mine = Tensors.share(of: batch, worker: worker, in: workers)
    let rows = batch == 0 ? 0 : self / batch
    return mine.lowerBound * rows..<mine.upperBound * rows
  }
}
