/// The order in which kernels run, and where the workers must meet.
///
/// Workers run their shares without waiting for each other; a barrier stands only where a share would touch what another
/// worker's share touched since the last barrier, and one of the two writes. Kernels that need no barrier go
/// first, so a training step of dense layers has one: after all rows went forward and back, before the
/// weight gradients.
struct Schedule {
  /// Kernels by their number, in running order.
  private(set) var order: [Int] = []
  /// For each place in `order`, how many barriers stand before it.
  private(set) var phases: [Int] = []
  /// What each kernel's shares touch, by kernel number and worker.
  let accesses: [[[Access]]]

  init(_ kernels: [any Kernel], workers: Int) {
    accesses = kernels.map { kernel in
      (0..<workers).map { kernel.accesses(of: $0, in: workers) }
    }
    var (waiting, followers) = Self.dependencies(accesses)
    let rank = kernels.indices.map { (kernels[$0].isUpdate ? 0 : 1, $0) }
    var ready = kernels.indices.filter { waiting[$0] == 0 }
    var touched: [ValueID: [Touch]] = [:]
    var phase = 0
    while !ready.isEmpty {
      let free = ready.firstIndex { !Self.meets(accesses[$0], touched) }
      if free == nil {
        phase += 1
        touched = [:]
      }
      let next = ready.remove(at: free ?? 0)
      order.append(next)
      phases.append(phase)
      for (worker, own) in accesses[next].enumerated() {
        for access in own {
          touched[access.value, default: []].append(Touch(worker: worker, access: access))
        }
      }
      for follower in followers[next] {
        waiting[follower] -= 1
        guard waiting[follower] == 0 else { continue }
        let place = ready.firstIndex { rank[$0] > rank[follower] } ?? ready.count
        ready.insert(follower, at: place)
      }
    }
  }

  private struct Touch {
    let worker: Int
    let access: Access
  }

  /// Whether a share would touch what another worker touched in this phase, one of them writing.
  private static func meets(_ shares: [[Access]], _ touched: [ValueID: [Touch]]) -> Bool {
    for (worker, own) in shares.enumerated() {
      for access in own {
        for touch in touched[access.value] ?? [] where touch.worker != worker {
          guard access.isWrite || touch.access.isWrite else { continue }
          if access.range.overlaps(touch.access.range) { return true }
        }
      }
    }
    return false
  }

  /// For each kernel how many it waits for and which wait for it: readers follow writers, writers follow readers.
  private static func dependencies(_ accesses: [[[Access]]]) -> ([Int], [[Int]]) {
    var waiting = [Int](repeating: 0, count: accesses.count)
    var followers = [[Int]](repeating: [], count: accesses.count)
    var writer: [ValueID: Int] = [:]
    var readers: [ValueID: [Int]] = [:]
    for kernel in accesses.indices {
      var before: Set<Int> = []
      for access in accesses[kernel].joined() {
        if let last = writer[access.value] { before.insert(last) }
        if access.isWrite { before.formUnion(readers[access.value] ?? []) }
      }
      for access in accesses[kernel].joined() {
        if access.isWrite {
          writer[access.value] = kernel
          readers[access.value] = []
        } else {
          readers[access.value, default: []].append(kernel)
        }
      }
      before.remove(kernel)
      waiting[kernel] = before.count
      for other in before { followers[other].append(kernel) }
    }
    return (waiting, followers)
  }
}
