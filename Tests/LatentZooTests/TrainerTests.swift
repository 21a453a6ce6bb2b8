import LatentZoo
import Testing

@Suite struct TrainerTests {
  private func options(_ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
    var options = TrainingOptions()
    (options.epochs, options.batchSize) = (3, 4)
    change(&options)
    return options
  }

  @Test("Each objective moves its own networks, as often as it says")
  func objectives() throws {
    let (toy, _) = try toyModel()
    let before = toy.encoder.weight.value
    let history = try Trainer(options { $0.epochs = 1 }).train(toy, on: TrainingData(toyData()))
    #expect(Set(history.epochs[0].training.keys) == ["reconstruct", "shrink", "shrink.size"])
    #expect(toy.encoder.weight.value != before)

    // With the encoder's objective alone left out, only the decoder moves.
    let (other, _) = try toyModel()
    let encoder = other.encoder.weight.value
    let decoder = other.decoder.weight.value
    try Trainer(options { $0.epochs = 1 }).train(other, on: TrainingData(toyData(count: 1))) { _ in
      .stop
    }
    #expect(other.decoder.weight.value != decoder)
    #expect(other.encoder.weight.value != encoder, "step 0 runs every objective")
  }

  @Test("The odd last batch is trained on too, and every example counts once in the means")
  func oddBatch() throws {
    let (toy, _) = try toyModel()
    var steps: [Int] = []
    let history = try Trainer(options()).train(toy, on: TrainingData(toyData(count: 7))) {
      progress in
      steps.append(progress.step)
      return .proceed
    }
    #expect(steps == [1, 2, 1, 2, 1, 2])
    #expect(history.epochs.map(\.epoch) == [1, 2, 3])
    #expect(!history.wasInterrupted)
  }

  @Test("Stopping keeps what was learned and says so")
  func stopping() throws {
    let (toy, _) = try toyModel()
    let history = try Trainer(options()).train(toy, on: TrainingData(toyData())) { progress in
      progress.epoch == 2 ? .stop : .proceed
    }
    #expect(history.wasInterrupted)
    #expect(history.epochs.count == 1)
  }

  @Test("Validation runs after each epoch and changes nothing about the training")
  func validation() throws {
    let (first, _) = try toyModel()
    let (second, _) = try toyModel()
    let plain = try Trainer(options()).train(first, on: TrainingData(toyData()))
    let watched = try Trainer(options()).train(
      second, on: TrainingData(toyData(), validation: (toyData(count: 3), nil)))
    #expect(plain.epochs[0].validation.isEmpty)
    #expect(watched.epochs.allSatisfy { $0.validation["reconstruct"] != nil })
    #expect(first.decoder.weight.value == second.decoder.weight.value)
  }

  @Test("Numbers that cannot train are refused by name")
  func badOptions() {
    let cases: [((inout TrainingOptions) -> Void, String)] = [
      ({ $0.epochs = 0 }, "the epochs must be at least 1, got 0"),
      ({ $0.batchSize = 0 }, "the batch size must be at least 1, got 0"),
      ({ $0.learningRate = -1 }, "the learning rate must be a positive number, got -1.0"),
      ({ $0.learningRate = .nan }, "the learning rate must be a positive number, got nan"),
      ({ $0.clipping = .norm(0) }, "the clipping must be a positive number, got 0.0"),
    ]
    for (change, expected) in cases {
      #expect(message { _ = try Trainer(options(change)) } == expected)
    }
  }

  @Test("A training that diverges stops with the epoch and a way out")
  func divergence() throws {
    let (toy, _) = try toyModel()
    let wild = options {
      $0.learningRate = 1e30
      $0.optimizer = .sgd()
      $0.epochs = 50
    }
    let text = message { try Trainer(wild).train(toy, on: TrainingData(toyData())) }
    #expect(text.contains("stopped being a finite number in epoch"))
    #expect(text.contains("--learning-rate"))
  }

  @Test("A density fitted on codes has their mean and covariance")
  func density() throws {
    var random = RandomSource(seed: 9)
    let count = 4000
    var codes = NDArray(repeating: 0, shape: [count, 3])
    for row in 0..<count {
      let (a, b) = (random.normal(), random.normal())
      codes.scalars[3 * row] = Float(1 + 2 * a)
      codes.scalars[3 * row + 1] = Float(a + 0.5 * b)
      codes.scalars[3 * row + 2] = 7
    }
    let density = try LatentDensity(fitting: codes)
    let drawn = density.sample(20_000, using: &random)
    func moment(_ i: Int, _ j: Int, _ array: NDArray, _ n: Int) -> Double {
      let mean = { (k: Int) in
        (0..<n).reduce(0.0) { $0 + Double(array.scalars[3 * $1 + k]) } / Double(n)
      }
      let (mi, mj) = (mean(i), mean(j))
      return (0..<n).reduce(0.0) {
        $0 + (Double(array.scalars[3 * $1 + i]) - mi) * (Double(array.scalars[3 * $1 + j]) - mj)
      } / Double(n)
    }
    for (i, j) in [(0, 0), (0, 1), (1, 1), (2, 2)] {
      #expect(abs(moment(i, j, codes, count) - moment(i, j, drawn, 20_000)) < 0.1)
    }
    #expect(density.components.count == LatentDensity.mostComponents)
    #expect(drawn.scalars[2] == 7)
  }
}
