/// Puts a value into a parameter's memory, shared out by rows.
struct AssignKernel: Kernel {
  let shape: Shape
  let parameter: ValueID
  let source: ValueID

  var label: String { "Assign \(shape)" }
  var isUpdate: Bool { true }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = shape.elements(of: worker, in: workers)
    return mine.isEmpty ? [] : [.read(source, mine), .write(parameter, mine)]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = shape.elements(of: worker, in: workers)
    let (from, to) = (
      memory[source].advanced(byElements: mine.lowerBound),
      memory[parameter].advanced(byElements: mine.lowerBound)
    )
    return { frame in
      frame.floats(to).update(from: frame.floats(from), count: mine.count)
      return 0
    }
  }
}
