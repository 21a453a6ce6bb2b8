/// A kernel that can hand its result to an update part by part, so that it never leaves the cache.
protocol GradientKernel: Kernel {
  /// The value that the update would read.
  var result: ValueID { get }
  /// One kernel in place of both; `nil` where they must stay apart.
  func joined(with update: UpdateKernel) -> (any Kernel)?
}

extension Lowering {
  /// Joins each gradient with the update that alone reads it.
  mutating func joinUpdates(keeping kept: Set<ValueID>) {
    var readers: [ValueID: Int] = [:]
    for kernel in kernels {
      for value in Set(kernel.accesses(of: 0, in: 1).filter { !$0.isWrite }.map(\.value)) {
        readers[value, default: 0] += 1
      }
    }
    var sources: [ValueID: (place: Int, kernel: any GradientKernel)] = [:]
    for (place, kernel) in kernels.enumerated() {
      if let gradient = kernel as? any GradientKernel {
        sources[gradient.result] = (place, gradient)
      }
    }
    var joined: Set<Int> = []
    for (place, kernel) in kernels.enumerated() {
      guard let update = kernel as? UpdateKernel, update.shape.rank == 2,
        readers[update.gradient] == 1, !kept.contains(update.gradient),
        let source = sources[update.gradient], let whole = source.kernel.joined(with: update)
      else { continue }
      replaceKernel(at: place, by: whole)
      joined.insert(source.place)
    }
    removeKernels(at: joined)
  }
}
