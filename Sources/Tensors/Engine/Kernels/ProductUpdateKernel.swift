/// A weight's gradient and the step it makes, block of rows by block of rows: the gradient never leaves the cache.
///
/// Stands for a product that nothing but one update reads.
struct ProductUpdateKernel: Kernel {
  let product: ProductKernel
  let update: UpdateKernel

  /// Bytes of gradient in a block: with the moments and the parameter it fits the second-level cache.
  private static let blockBytes = 192 << 10

  var label: String { "\(product.label), \(update.label)" }
  var changesParameters: Bool { true }
  var flopCount: Double { product.flopCount }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    product.accesses(of: worker, in: workers) + update.accesses(of: worker, in: workers)
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let columns = update.shape[1]
    let mine = share(of: update.shape[0], worker: worker, in: workers)
    let target = memory[product.result].advanced(byElements: mine.lowerBound * columns)
    let rowBytes = max(columns * MemoryLayout<Float>.stride, 1)
    let blocks = max(1, min(mine.count, (mine.count * rowBytes) / Self.blockBytes))
    var tasks: [Task] = []
    for block in 0..<blocks {
      let part = share(of: mine.count, worker: block, in: blocks)
      let rows = mine.lowerBound + part.lowerBound..<mine.lowerBound + part.upperBound
      // Every block's gradient is computed into the memory of the first.
      tasks.append(try product.task(rows: rows, to: target, memory))
      let whole = target.advanced(byElements: -rows.lowerBound * columns)
      tasks.append(
        update.task(
          elements: rows.lowerBound * columns..<rows.upperBound * columns, gradient: whole, memory))
    }
    return { frame in
      for task in tasks {
        let status = task(frame)
        if status != 0 { return status }
      }
      return 0
    }
  }
}

extension ProductKernel: GradientKernel {
  func joined(with update: UpdateKernel) -> (any Kernel)? {
    ProductUpdateKernel(product: self, update: update)
  }
}
