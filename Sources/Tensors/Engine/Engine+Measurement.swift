internal import CKernels

extension Engine {
  /// What matrix products reach at best on this engine now: the bound to hold a plan's speed against.
  ///
  /// Takes about half a second.
  ///
  /// - Returns: floating-point operations a second.
  /// - Throws: what ``Plan`` throws.
  public func measuredProductPeak() throws(TensorError) -> Double {
    let size = 1536
    var random = RandomSource(seed: 1)
    let factors = (0..<2).map { _ in
      Parameter(
        NDArray((0..<size * size).map { _ in random.uniform() }, shape: [size, size]))
    }
    let plan = try Plan(
      inputs: [], outputs: [.product(factors[0].tensor, factors[1].tensor)], on: self)
    let clock = ContinuousClock()
    let begin = clock.now
    var best = Duration.seconds(3600)
    while clock.now - begin < .milliseconds(500) {
      let start = clock.now
      try plan.run([NDArray]())
      best = min(best, clock.now - start)
    }
    return plan.flopCount
      / (Double(best.components.attoseconds) * 1e-18 + Double(best.components.seconds))
  }

  /// The most memory this process has held so far, bytes.
  public static var peakMemory: Int { Int(lz_peak_memory()) }
}
