internal import CKernels

/// Brings a value from one order of elements into the other, shared out by examples.
struct RearrangeKernel: Kernel {
  let shape: Shape
  let order: ElementOrder
  let source: ValueID
  let result: ValueID

  init(shape: Shape, to order: ElementOrder, source: ValueID, result: ValueID) {
    (self.shape, self.order, self.source, self.result) = (shape, order, source, result)
  }

  var label: String {
    "Rearrange \(shape) to \(order == .channelsLast ? "channels last" : "row-major")"
  }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = shape.elements(of: worker, in: workers)
    return mine.isEmpty ? [] : [.read(source, mine), .write(result, mine)]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = share(of: shape[0], worker: worker, in: workers)
    let (channels, places) = (Int64(shape[1]), Int64(shape.dimensions[2...].reduce(1, *)))
    let (rows, columns) = order == .channelsLast ? (channels, places) : (places, channels)
    let first = mine.lowerBound * Int(rows * columns)
    let (from, to) = (
      memory[source].advanced(byElements: first), memory[result].advanced(byElements: first)
    )
    let count = Int64(mine.count)
    return { frame in
      lz_transpose(frame.floats(from), frame.floats(to), count, rows, columns)
      return 0
    }
  }
}
