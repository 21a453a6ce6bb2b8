internal import CKernels

/// Softmax over one axis, its logarithm, or the gradient of either; shared out by the first axis.
struct SoftmaxKernel: Kernel {
  enum Input {
    case logits(ValueID)
    /// The result of the forward kernel, and the gradient of that.
    case slopes(result: ValueID, gradient: ValueID)
  }

  let isLog: Bool
  /// In the order in which the elements lie.
  let shape: Shape
  let axis: Int
  let input: Input
  let result: ValueID

  var label: String { "\(isLog ? "LogSoftmax" : "Softmax") \(shape) over axis \(axis)" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = elements(of: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    switch input {
    case .logits(let source): return [.read(source, mine), .write(result, mine)]
    case .slopes(let y, let g): return [.read(y, mine), .read(g, mine), .write(result, mine)]
    }
  }

  /// Softmax over the first axis is whole: the last worker's.
  private func elements(of worker: Int, in workers: Int) -> Range<Int> {
    if axis > 0 { return shape.elements(of: worker, in: workers) }
    return 0..<(worker == workers - 1 ? shape.count : 0)
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = elements(of: worker, in: workers)
    let inner = shape.dimensions[(axis + 1)...].reduce(1, *)
    let row = max(shape[axis] * inner, 1)
    let (begin, end) = (Int64(mine.lowerBound / row), Int64(mine.upperBound / row))
    let (middle, columns, flag) = (Int64(shape[axis]), Int64(inner), Int32(isLog ? 1 : 0))
    let to = memory[result]
    switch input {
    case .logits(let source):
      let from = memory[source]
      return { frame in
        lz_softmax(frame.floats(from), frame.floats(to), middle, columns, begin, end, flag)
        return 0
      }
    case .slopes(let y, let g):
      let (y, g) = (memory[y], memory[g])
      return { frame in
        lz_softmax_gradient(
          frame.floats(y), frame.floats(g), frame.floats(to), middle, columns, begin, end, flag)
        return 0
      }
    }
  }
}
