internal import CKernels

/// Copies with any strides: transposition and unusual expansion; shared out by the result's rows.
struct CopyKernel: Kernel {
  let shape: Shape
  let strides: [Int]
  let source: ValueID
  let sourceCount: Int
  let result: ValueID

  var label: String { "Copy to \(shape)" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = shape.elements(of: worker, in: workers)
    return mine.isEmpty ? [] : [.read(source, 0..<sourceCount), .write(result, mine)]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = shape.elements(of: worker, in: workers)
    let (from, to) = (memory[source], memory[result])
    let (dimensions, steps) = (shape.dimensions.map(Int64.init), strides.map(Int64.init))
    return { frame in
      lz_copy_strided(
        frame.floats(from), frame.floats(to), Int32(dimensions.count), dimensions, steps,
        Int64(mine.lowerBound), Int64(mine.upperBound))
      return 0
    }
  }
}
