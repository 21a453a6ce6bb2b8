internal import CKernels

/// The greatest or least element, its place, or the product over one axis: by columns when it is the first, by outer
/// places otherwise.
struct FoldKernel: Kernel {
  let operation: Fold
  /// Whether the place of the element is wanted, not the element.
  var findsPlace = false
  let outer: Int
  let middle: Int
  let inner: Int
  /// Extent of the first axis, if it stays; its places are shared out.
  let batch: Int
  let source: ValueID
  let result: ValueID

  var label: String {
    "\(findsPlace ? "Arg" : "Reduce")\(operation) [\(outer), \(middle), \(inner)] over the middle"
  }

  private func shares(_ worker: Int, _ workers: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    guard outer > 1 || inner == 1 else {
      return (0..<outer, share(of: inner, worker: worker, in: workers))
    }
    return (outer.share(ofBatch: batch, worker: worker, in: workers), 0..<inner)
  }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let (rows, columns) = shares(worker, workers)
    guard !rows.isEmpty, !columns.isEmpty else { return [] }
    let (first, last) = (rows.lowerBound * inner, (rows.upperBound - 1) * inner)
    let stride = middle * inner
    return [
      .read(source, rows.lowerBound * stride..<rows.upperBound * stride),
      .write(result, first + columns.lowerBound..<last + columns.upperBound),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let (rows, columns) = shares(worker, workers)
    let (from, to, code) = (memory[source], memory[result], operation.code)
    let (middle, inner) = (Int64(middle), Int64(inner))
    let run = findsPlace ? lz_arg_middle : lz_fold_middle
    return { frame in
      run(
        code, frame.floats(from), frame.floats(to), middle, inner, Int64(rows.lowerBound),
        Int64(rows.upperBound), Int64(columns.lowerBound), Int64(columns.upperBound))
      return 0
    }
  }
}

extension Fold {
  fileprivate var code: lz_fold {
    switch self {
    case .max: LZ_FOLD_MAX
    case .min: LZ_FOLD_MIN
    case .prod: LZ_FOLD_PRODUCT
    }
  }
}
