import Layers
import Tensors
import TestSupport
import Testing

@Suite struct SequenceDecoderTests {
  private func makeDecoder(
    _ cell: RecurrentCell = .gru, tokens: Int? = 9, readsCode: Bool = false, layers: Int = 1,
    dropout: Double = 0
  ) -> SequenceDecoder {
    var random = RandomSource(seed: 6)
    let size = tokens == nil ? 2 : 5
    let embedding = tokens.map { Embedding(count: $0, size: size, paddingIndex: 0, using: &random) }
    let writer = RecurrentWriter(
      cell, codeSize: 3, inputSize: size, hiddenSize: 8, layerCount: layers,
      readsCodeAtEveryStep: readsCode, using: &random)
    let output = Linear(
      inputSize: 8, outputSize: tokens ?? size, initializer: .normal(2), using: &random)
    // Larger weights than usual, so that sentences vary.
    for parameter in writer.parameters where tokens != nil {
      parameter.withMutableFloats { weights in
        for place in weights.indices { weights[place] *= 4 }
      }
    }
    return SequenceDecoder(
      embedding: embedding, writer: writer, output: output,
      inputDropout: StepDropout(rate: dropout))
  }

  private func codes(_ count: Int) -> Tensor {
    var random = RandomSource(seed: 7)
    return Tensor(NDArray.uniform([count, 3], using: &random))
  }

  @Test(
    "What is written greedily is what the decoder expects most, told what it wrote",
    arguments: RecurrentCell.allCases, [false, true])
  func greedy(_ cell: RecurrentCell, _ readsCode: Bool) throws {
    let decoder = makeDecoder(cell, readsCode: readsCode, layers: 2)
    let z = codes(16)
    var pass = Pass.evaluation()
    let written = decoder.generate(from: z, stepCount: 7, using: &pass)
    let expected = decoder.predictions(of: written, from: z, using: &pass)
    let values = try Tensor.evaluated([written, expected.slice(axis: 2, from: 1).argMax(axis: 2)])
    #expect(values[0].shape == [16, 7])
    var hasEnded = false
    for row in 0..<16 {
      let sentence = values[0].rows(row..<row + 1).scalars
      let length = sentence.firstIndex(of: 1).map { $0 + 1 } ?? 7
      hasEnded = hasEnded || length < 7
      #expect(sentence[length...].allSatisfy { $0 == 0 })
      let likeliest = values[1].rows(row..<row + 1).scalars.map { $0 + 1 }
      #expect(Array(sentence[..<length]) == Array(likeliest[..<length]))
    }
    #expect(Set(values[0].scalars).count > 3, "the sentences are not varied enough to test")
  }

  @Test("Series are continued from what was written")
  func series() throws {
    let decoder = makeDecoder(.lstm, tokens: nil)
    let z = codes(4)
    var pass = Pass.evaluation()
    let written = decoder.generate(from: z, stepCount: 5, using: &pass)
    let expected = decoder.predictions(of: written, from: z, using: &pass)
    let values = try Tensor.evaluated([written, expected])
    #expect(values[0].shape == [4, 5, 2])
    expectClose(values[0], DoubleArray(values[1]), tolerance: 1e-5)
  }

  @Test("Tokens are drawn by their probabilities, the padding never")
  func sampling() throws {
    let logits = Tensor(NDArray([9, 0, 1, 2], shape: [1, 4])).expanded(to: [4000, 4])
    var pass = Pass.evaluation(using: RandomSource(seed: 3))
    let draws = try TokenChoice.sampled(temperature: 0.5)(logits, using: &pass).evaluated(seed: 1)
    // exp(0), exp(2), exp(4) over their sum.
    for (token, probability) in [(0, 0), (1, 0.0159), (2, 0.1173), (3, 0.8668)] {
      let share = Double(draws.scalars.count { $0 == Float(token) }) / 4000
      #expect(abs(share - probability) < 0.02, "token \(token): \(share)")
    }
    let cold = TokenChoice.sampled(temperature: 1e-3)(logits, using: &pass)
    #expect(try cold.evaluated().scalars.allSatisfy { $0 == 3 })
  }

  @Test("Steps are hidden in training alone, and padding never")
  func dropout() throws {
    let layer = StepDropout(rate: 0.5)
    let tokens = Tensor(NDArray((0..<4000).map { $0 % 4 == 0 ? 0 : 7 }, shape: [1000, 4]))
    let series = Tensor(1).expanded(to: [1000, 4, 3])
    var training = Pass.training(using: RandomSource(seed: 5))
    var evaluation = Pass.evaluation()
    let hidden = try layer(tokens, using: &training).evaluated(seed: 1).scalars
    #expect(hidden.enumerated().allSatisfy { $0 % 4 == 0 ? $1 == 0 : $1 == 7 || $1 == 2 })
    #expect(abs(Double(hidden.count { $0 == 2 }) / 3000 - 0.5) < 0.05)
    let steps = try layer(series, using: &training).evaluated(seed: 1).scalars
    #expect((0..<4000).allSatisfy { Set(steps[3 * $0..<3 * $0 + 3]).count == 1 })
    #expect(abs(Double(steps.count { $0 == 0 }) / 12000 - 0.5) < 0.05)
    #expect(try layer(tokens, using: &evaluation).evaluated() == tokens.evaluated())
  }

  @Test("Loss and generation agree for every number of layers in what parameters they use")
  func parameters() throws {
    let decoder = makeDecoder(.lstm, layers: 2)
    let x = Tensor(NDArray([3, 4, 1, 0], shape: [1, 4]))
    var pass = Pass.training(using: RandomSource(seed: 1))
    let predictions = decoder.predictions(of: x, from: codes(1), using: &pass)
    let loss = Tensor.meanCrossEntropy(logits: predictions, labels: x, ignoredIndex: 0)
    let slopes = try gradients(of: loss, withRespectTo: decoder.parameters.map(\.tensor))
    #expect(slopes.allSatisfy { $0 != nil })
  }
}
