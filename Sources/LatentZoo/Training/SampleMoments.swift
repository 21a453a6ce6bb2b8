/// Mean and covariance of data, read a block at a time: what closed forms are computed from.
///
/// Products of examples are float32 within a block of some hundred examples and added up in `Double`.
public struct SampleMoments: Sendable {
  /// Number of examples.
  public let count: Int
  /// The mean of each element, `[D]`.
  public let mean: [Double]
  /// `1/N Σ (x - mean) (x - mean)ᵀ`, `[D, D]`.
  public let covariance: Matrix

  /// Most elements of an example: the covariance and its decomposition grow with their square and cube.
  public static let mostElements = 8192

  private static let blockCount = 500

  /// Reads the data twice.
  ///
  /// - Throws: `DatasetError` where examples can no longer be read, or a `TensorError`.
  /// - Precondition: there are examples, of at most ``mostElements`` elements.
  public init(of data: TrainingData, on engine: Engine) throws {
    let size = data.dataset.shape.featureCount
    precondition(
      data.count > 0 && size <= Self.mostElements,
      "moments of \(data.count) examples of \(size) elements")
    let mean = try Self.mean(of: data)
    let shift = Tensor(NDArray(mean.map { Float($0) }, shape: [size]))
    let product = CompiledFunction(on: engine) { inputs in
      let centred = inputs[0] - shift
      return [.product(centred, centred, transposingFirst: true)]
    }
    var sums = [Double](repeating: 0, count: size * size)
    try data.forEachBlock(of: Self.blockCount) { block in
      let plan = try product.plan(for: [block.shape])
      try plan.run([block])
      plan.withOutput(0) { products in
        sums.withUnsafeMutableBufferPointer { sums in
          for place in sums.indices { sums[place] += Double(products[place]) }
        }
      }
    }
    for place in sums.indices { sums[place] /= Double(data.count) }
    count = data.count
    self.mean = mean
    covariance = Matrix(sums, rows: size, columns: size)
  }

  /// The mean of each element of the examples, `[D]`.
  ///
  /// - Throws: `DatasetError` where examples can no longer be read.
  public static func mean(of data: TrainingData) throws -> [Double] {
    let size = data.dataset.shape.featureCount
    var sums = [Double](repeating: 0, count: size)
    try data.forEachBlock(of: blockCount) { block in
      block.scalars.withUnsafeBufferPointer { values in
        sums.withUnsafeMutableBufferPointer { sums in
          for row in 0..<block.shape[0] {
            for column in 0..<size { sums[column] += Double(values[row * size + column]) }
          }
        }
      }
    }
    return sums.map { $0 / Double(max(data.count, 1)) }
  }
}
