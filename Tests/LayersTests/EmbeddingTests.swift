import Layers
import Tensors
import Testing

@Suite struct EmbeddingTests {
  @Test(
    "Rows and the table's gradient are PyTorch's", arguments: LayerReference.cases(of: "embedding"))
  func torch(_ path: String) throws {
    try checkLayer(path) { example in
      var random = RandomSource(seed: 1)
      return Embedding(
        count: try example.setting("count"), size: try example.setting("size"),
        paddingIndex: try example.settingIfPresent("paddingIndex"), using: &random)
    } apply: { layer, inputs, pass in
      ["y": layer(try inputs("x"), using: &pass)]
    }
  }

  @Test("A table starts with standard normal numbers, a padding's row with zeros")
  func start() throws {
    var random = RandomSource(seed: 4)
    let table = Embedding(count: 300, size: 100, paddingIndex: 7, using: &random).weight.value
    #expect(table.rows(7..<8).scalars.allSatisfy { $0 == 0 })
    let others = table.scalars.filter { $0 != 0 }.map(Double.init)
    #expect(others.count >= 299 * 100 - 1)
    let mean = others.reduce(0, +) / Double(others.count)
    let variance = others.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(others.count)
    #expect(abs(mean) < 0.02 && abs(variance - 1) < 0.03)
  }

  @Test("A number that is no row of the table stops the run, and no weight moves")
  func outOfRange() throws {
    for token in [6, -1, 0.5, .nan, .infinity, 1e20] as [Float] {
      var random = RandomSource(seed: 2)
      let table = Embedding(count: 6, size: 3, using: &random)
      let before = table.weight.value
      let training = try Training(table, tokens: [2], on: Engine(threadCount: 1))
      let error = #expect(throws: TensorError.self) { try training.step([1, token]) }
      #expect(
        error?.description
          == "Gather [2] of [1, 6, 3] was given an index that is not a whole number in range; "
          + "check the labels or tokens of the data")
      #expect(table.weight.value == before)
    }
  }

  @Test(
    "Stepping block by block gives what stepping the whole gradient gives", arguments: [1, 2, 3])
  func joined(threads: Int) throws {
    let engine = try Engine(threadCount: threads)
    // Several blocks of rows for each worker, one row, more workers than rows; each word several times, or none at all.
    for (count, size, length) in [(1000, 200, 300), (5, 1, 12), (1, 7, 3), (300, 40, 0)] {
      var random = RandomSource(seed: 3)
      let tokens = (0..<length).map { _ in Float(Int.random(in: 0..<count, using: &random)) }
      var tables: [NDArray] = []
      for keepsGradient in [false, true] {
        var random = RandomSource(seed: 9)
        let table = Embedding(
          count: count, size: size, paddingIndex: count > 1 ? 1 : nil, using: &random)
        let training = try Training(
          table, tokens: [length], keepsGradient: keepsGradient, on: engine)
        for _ in 0..<3 { try training.step(tokens) }
        tables.append(table.weight.value)
      }
      #expect(tables[0] == tables[1])
    }
  }
}

/// Training of a table towards larger numbers in the rows that are looked up.
private struct Training {
  let plan: Plan
  let optimizer: Optimizer

  init(
    _ table: Embedding, tokens shape: Shape, keepsGradient: Bool = false, on engine: Engine
  ) throws {
    var pass = Pass.training(using: RandomSource(seed: 0))
    let (tokens, rates) = (Tensor.input(shape), Tensor.input([3]))
    let rows = table(tokens, using: &pass)
    optimizer = Optimizer(.adam(), of: table.parameters)
    let slopes = try gradients(
      of: (rows - 1).squared().sum(), withRespectTo: optimizer.parameters.map(\.tensor))
    plan = try Plan(
      inputs: [tokens, rates], outputs: keepsGradient ? slopes.compactMap { $0 } : [],
      updates: optimizer.updates(gradients: slopes, rates: rates), on: engine)
  }

  func step(_ tokens: [Float]) throws {
    let rates = optimizer.nextRates(learningRate: 0.1)
    try plan.run([NDArray(tokens, shape: [tokens.count]), NDArray(rates, shape: [3])])
  }
}
