internal import CKernels

/// Adds rows to those of a table that their indices name. Along the first axis each worker owns some rows of the table and
/// walks through all indices, so that the order of additions does not depend on how many there are; along another axis
/// the first one is shared out.
struct ScatterAddKernel: Kernel {
  /// Extent of what lies before the indexed axis, of that axis, and of what lies inside it.
  let outer: Int
  let count: Int
  let inner: Int
  let indexCount: Int
  /// Extent of the first axis, where that is not the indexed one.
  let batch: Int?
  /// An index whose rows are left out.
  let skipped: Int?
  let source: ValueID
  let indices: ValueID
  let result: ValueID

  var label: String { "ScatterND \(indexCount) rows to [\(outer), \(count), \(inner)]" }

  /// The index to skip as the indices store it; NaN, which equals nothing, for none.
  fileprivate var skippedNumber: Float { skipped.map { Float($0) } ?? .nan }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let (rows, places) = shares(worker, workers)
    guard !rows.isEmpty, !places.isEmpty, inner > 0 else { return [] }
    let (first, last) = (rows.lowerBound * count, (rows.upperBound - 1) * count)
    let read = rows.lowerBound * indexCount * inner..<rows.upperBound * indexCount * inner
    return [
      .read(source, read), .read(indices, 0..<indexCount),
      .write(result, (first + places.lowerBound) * inner..<(last + places.upperBound) * inner),
    ]
  }

  private func shares(_ worker: Int, _ workers: Int) -> (rows: Range<Int>, places: Range<Int>) {
    guard let batch else { return (0..<outer, share(of: count, worker: worker, in: workers)) }
    return (outer.share(ofBatch: batch, worker: worker, in: workers), 0..<count)
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let (rows, places) = shares(worker, workers)
    let (from, at, to) = (memory[source], memory[indices], memory[result])
    let (count, inner, indexCount) = (Int64(count), Int64(inner), Int64(indexCount))
    let skipped = skippedNumber
    return { frame in
      lz_scatter_add(
        frame.floats(from), frame.floats(at), frame.floats(to), count, inner, indexCount,
        Int64(rows.lowerBound), Int64(rows.upperBound), Int64(places.lowerBound),
        Int64(places.upperBound), skipped)
    }
  }
}

extension ScatterAddKernel: GradientKernel {
  func joined(with update: UpdateKernel) -> (any Kernel)? {
    batch == nil && outer == 1 && inner > 0
      ? ScatterUpdateKernel(scatter: self, update: update) : nil
  }
}

/// A table's gradient and the step it makes, block of rows by block of rows: of the gradient, mostly zeros, no more than a
/// block ever exists.
struct ScatterUpdateKernel: Kernel {
  let scatter: ScatterAddKernel
  let update: UpdateKernel

  /// Bytes of gradient in a block: with the moments and the table it fits the second-level cache.
  private static let blockBytes = 128 << 10

  var label: String { "\(scatter.label), \(update.label)" }
  var isUpdate: Bool { true }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let own = update.accesses(of: worker, in: workers)
    return own.isEmpty ? [] : scatter.accesses(of: worker, in: workers) + own
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let (count, inner) = (scatter.count, scatter.inner)
    let mine = share(of: count, worker: worker, in: workers)
    let height = max(1, Self.blockBytes / (inner * MemoryLayout<Float>.stride))
    let starts = Array(stride(from: mine.lowerBound, to: mine.upperBound, by: height))
    // Every block's gradient is computed into the memory of the first.
    let target = memory[scatter.result].advanced(byElements: mine.lowerBound * inner)
    let blocks = starts.map { first in
      let rows = first..<min(first + height, mine.upperBound)
      let step = update.task(
        elements: rows.lowerBound * inner..<rows.upperBound * inner,
        gradient: target.advanced(byElements: -first * inner), memory)
      return (rows: rows, step: step)
    }
    let tableBytes = (blocks.count + 1) * MemoryLayout<Int32>.stride
    memory.wantScratch(bytes: tableBytes + scatter.indexCount * MemoryLayout<Int32>.stride)
    let (from, at) = (memory[scatter.source], memory[scatter.indices])
    let (indexCount, skipped) = (Int64(scatter.indexCount), scatter.skippedNumber)
    return { frame in
      let table = frame.scratch.assumingMemoryBound(to: Int32.self)
      let order = (frame.scratch + tableBytes).assumingMemoryBound(to: Int32.self)
      let (source, indices) = (frame.floats(from), frame.floats(at))
      let status = lz_group_indices(
        indices, indexCount, Int64(count), Int64(mine.lowerBound), Int64(mine.upperBound),
        Int64(height), skipped, table, order)
      guard status == 0 else { return status }
      for (number, block) in blocks.enumerated() {
        let (first, end) = (Int(table[number]), Int(table[number + 1]))
        lz_scatter_group(
          source, indices, order + first, Int64(end - first), frame.floats(target),
          Int64(block.rows.lowerBound), Int64(block.rows.count), Int64(inner))
        let status = block.step(frame)
        guard status == 0 else { return status }
      }
      return 0
    }
  }
}
