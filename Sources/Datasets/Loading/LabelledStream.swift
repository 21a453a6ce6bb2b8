import Tensors

/// The examples whose class is known, over and over, shuffled anew each time: a pure function of the seed.
struct LabelledStream: Sendable {
  private let indices: [Int]
  private let seed: UInt64
  private var cycle = -1
  private var order: [Int] = []

  init(_ indices: [Int], seed: UInt64) {
    self.indices = indices
    self.seed = seed
  }

  /// The examples at places `start..<start + count` of the endless run; none where none is labelled.
  mutating func examples(from start: Int, count: Int) -> [Int] {
    guard !indices.isEmpty else { return [] }
    return (start..<start + count).map { place in
      let wanted = place / indices.count
      if wanted != cycle {
        var random = RandomSource(seed: seed).forked("labelled-\(wanted)")
        order = random.permutation(indices.count)
        cycle = wanted
      }
      return indices[order[place % indices.count]]
    }
  }
}
