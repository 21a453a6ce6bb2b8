internal import CKernels

/// Cross-entropy of labels under the softmax of logits, or its gradient by the logits; shared out by rows.
struct CrossEntropyKernel: Kernel {
  enum Direction {
    case forward(losses: ValueID, logSums: ValueID)
    case backward(logSums: ValueID, upstream: ValueID, result: ValueID)
  }

  let smoothing: Float
  let ignoredIndex: Int?
  /// `[rows, classes]`
  let shape: Shape
  let logits: ValueID
  let labels: ValueID
  let direction: Direction

  var label: String { "SoftmaxCrossEntropyLoss \(shape)" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let rows = share(of: shape[0], worker: worker, in: workers)
    guard !rows.isEmpty else { return [] }
    let mine = shape.elements(of: worker, in: workers)
    let given: [Access] = [.read(labels, rows), .read(logits, mine)]
    switch direction {
    case .forward(let losses, let logSums):
      return given + [.write(losses, rows), .write(logSums, rows)]
    case .backward(let logSums, let upstream, let result):
      return given + [.read(logSums, rows), .read(upstream, rows), .write(result, mine)]
    }
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let rows = share(of: shape[0], worker: worker, in: workers)
    let (begin, end, columns) = (Int64(rows.lowerBound), Int64(rows.upperBound), Int64(shape[1]))
    let settings = lz_cross_entropy_settings(
      smoothing: smoothing, ignored: ignoredIndex.map { Float($0) } ?? .nan)
    let (x, l) = (memory[logits], memory[labels])
    switch direction {
    case .forward(let losses, let logSums):
      let (to, sums) = (memory[losses], memory[logSums])
      return { frame in
        withUnsafePointer(to: settings) {
          lz_cross_entropy(
            $0, frame.floats(x), frame.floats(l), frame.floats(to), frame.floats(sums), columns,
            begin, end)
        }
      }
    case .backward(let logSums, let upstream, let result):
      let (sums, g, to) = (memory[logSums], memory[upstream], memory[result])
      return { frame in
        withUnsafePointer(to: settings) {
          lz_cross_entropy_gradient(
            $0, frame.floats(x), frame.floats(l), frame.floats(sums), frame.floats(g),
            frame.floats(to), columns, begin, end)
        }
      }
    }
  }
}
