import Layers
import Tensors
import TestSupport
import Testing

@Suite struct SequenceReaderTests {
  @Test(
    "Padding does not change the features", arguments: RecurrentCell.allCases,
    ReadingDirection.allCases)
  func padding(_ cell: RecurrentCell, _ direction: ReadingDirection) throws {
    for pooling in StatePooling.allCases {
      var random = RandomSource(seed: 2)
      let reader = RecurrentReader(
        cell, inputSize: 3, hiddenSize: 4, layerCount: 2, direction: direction, pooling: [pooling],
        hasShortcut: true, using: &random)
      let x = Tensor(NDArray.uniform([2, 5, 3], using: &random))
      var pass = Pass.evaluation()
      let padded = reader(x, lengths: Tensor(NDArray([5, 2], shape: [2])), using: &pass)
      let short = reader(x.slice(axis: 1, to: 2), lengths: nil, using: &pass)
      let whole = reader(x, lengths: nil, using: &pass)
      let values = try Tensor.evaluated([padded, short, whole])
      #expect(values[0].shape == [2, reader.featureSize])
      #expect(reader.featureSize == (direction == .combine ? 11 : 7))
      expectClose(values[0].rows(0..<1), DoubleArray(values[2].rows(0..<1)), tolerance: 1e-6)
      expectClose(values[0].rows(1..<2), DoubleArray(values[1].rows(1..<2)), tolerance: 1e-6)
    }
  }

  @Test("Maximum and mean are those of the steps that count; of no steps they are 0")
  func pooling() throws {
    var random = RandomSource(seed: 3)
    let x = Tensor(NDArray.uniform([2, 4, 3], using: &random))
    let lengths = Tensor(NDArray([3, 0], shape: [2]))
    var pass = Pass.evaluation()
    for pooling in [StatePooling.max, .mean] {
      var same = RandomSource(seed: 4)
      let reader = RecurrentReader(inputSize: 3, hiddenSize: 2, pooling: [pooling], using: &same)
      let features = reader(x, lengths: lengths, using: &pass)
      let (steps, _) = reader.networks[0](x, from: nil, lengths: lengths, using: &pass)
      let values = try Tensor.evaluated([features, steps])
      let expected = (0..<2).map { element -> Double in
        let column = (0..<3).map { Double(values[1].scalars[2 * $0 + element]) }
        return pooling == .max ? column.max() ?? 0 : column.reduce(0, +) / 3
      }
      expectClose(values[0].scalars, expected + [0, 0], tolerance: 1e-6)
    }
  }

  @Test("Tokens are counted, moved on by one step, and compared")
  func tokens() throws {
    let x = Tensor(NDArray([5, 7, 1, 0, 4, 1, 0, 0], shape: [2, 4]))
    let y = Tensor(NDArray([5, 6, 1, 9, 4, 2, 0, 0], shape: [2, 4]))
    let values = try Tensor.evaluated([
      x.tokenCounts(), x.shiftedByOneStep(first: 1), y.tokenError(against: x),
      .stepMask(lengths: x.tokenCounts(), stepCount: 4),
    ])
    #expect(values[0].scalars == [3, 2])
    #expect(values[1].scalars == [1, 5, 7, 1, 1, 4, 1, 0])
    expectClose(values[2].scalars, [0.4])
    #expect(values[3].scalars == [1, 1, 1, 0, 1, 1, 0, 0] && values[3].shape == [2, 4, 1])
  }
}
