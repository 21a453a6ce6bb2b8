/// The loss of a linear classifier on fixed rows: the mean of `-log p(label)`, where `p` is the softmax of
/// `W · x + b`.
///
/// Parameters lie one after another: the weights `[C, D]`, then the biases `[C]`.
protocol SoftmaxLoss {
  /// The loss in nats per row and its slopes.
  func callAsFunction(_ parameters: [Double]) throws -> (value: Double, gradient: [Double])
}

/// The loss on rows of many numbers: two matrix products on the engine.
struct DenseSoftmaxLoss: SoftmaxLoss {
  private let plan: Plan
  private let classCount: Int
  private let size: Int

  /// - Parameters:
  ///   - rows: `[N, D]`.
  ///   - labels: the class of each, below `classCount`.
  init(_ rows: NDArray, labels: [Int], classCount: Int, on engine: Engine) throws {
    size = rows.shape[1]
    self.classCount = classCount
    let (weights, biases) = (Tensor.input([classCount, size]), Tensor.input([classCount]))
    let targets = Tensor(NDArray(labels.map { Float($0) }, shape: [labels.count]))
    let logits = Tensor.product(Tensor(rows), weights, transposingSecond: true, bias: biases)
    let loss = Tensor.softmaxCrossEntropy(logits: logits, labels: targets).mean()
    let slopes = try gradients(of: loss, withRespectTo: [weights, biases]).compactMap(\.self)
    plan = try Plan(inputs: [weights, biases], outputs: [loss] + slopes, on: engine)
  }

  func callAsFunction(_ parameters: [Double]) throws -> (value: Double, gradient: [Double]) {
    let split = classCount * size
    try plan.run([
      NDArray(parameters[..<split].map { Float($0) }, shape: [classCount, size]),
      NDArray(parameters[split...].map { Float($0) }, shape: [classCount]),
    ])
    let value = plan.withOutput(0) { Double($0[0]) }
    let gradient = (1...2).flatMap { output in plan.withOutput(output) { $0.map { Double($0) } } }
    return (value, gradient)
  }
}

/// The loss on rows of few numbers, in double precision.
struct SparseSoftmaxLoss: SoftmaxLoss {
  private let rows: SparseRows
  private let labels: [Int]
  private let classCount: Int

  init(_ rows: SparseRows, labels: [Int], classCount: Int) {
    (self.rows, self.labels, self.classCount) = (rows, labels, classCount)
  }

  func callAsFunction(_ parameters: [Double]) -> (value: Double, gradient: [Double]) {
    let (size, share) = (rows.size, 1 / Double(max(labels.count, 1)))
    let split = classCount * size
    var gradient = [Double](repeating: 0, count: parameters.count)
    var sum = 0.0
    for (row, label) in labels.enumerated() {
      let logits = rows.logits(row, parameters, classCount: classCount)
      let probabilities = Softmax.probabilities(logits)
      sum -= Softmax.logProbability(of: label, logits)
      for category in 0..<classCount {
        let slope = (probabilities[category] - (category == label ? 1 : 0)) * share
        gradient[split + category] += slope
        for place in rows.places(row) {
          gradient[category * size + Int(rows.columns[place])] += slope * Double(rows.values[place])
        }
      }
    }
    return (sum * share, gradient)
  }
}

extension SparseRows {
  /// `W · x + b` of one row.
  func logits(_ row: Int, _ parameters: [Double], classCount: Int) -> [Double] {
    (0..<classCount).map { category in
      places(row).reduce(parameters[classCount * size + category]) { sum, place in
        sum + parameters[category * size + Int(columns[place])] * Double(values[place])
      }
    }
  }
}
