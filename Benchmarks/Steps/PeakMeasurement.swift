import Tensors

/// What matrix products reach on this machine at best.
enum PeakMeasurement {
  /// The best of many products of two 1536 x 1536 matrices, in thousand million operations a second.
  static func gigaflops(on engine: Engine) throws -> Double {
    let size = 1536
    var random = RandomSource(seed: 1)
    let a = Parameter(NDArray.filled(size, &random))
    let b = Parameter(NDArray.filled(size, &random))
    let plan = try Plan(inputs: [], outputs: [.product(a.tensor, b.tensor)], on: engine)
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<60 {
      let start = clock.now
      try plan.run([NDArray]())
      best = min(best, (clock.now - start).seconds)
    }
    return plan.flopCount / best / 1e9
  }
}

extension NDArray {
  fileprivate static func filled(_ size: Int, _ random: inout RandomSource) -> NDArray {
    NDArray((0..<size * size).map { _ in random.uniform() }, shape: [size, size])
  }
}
