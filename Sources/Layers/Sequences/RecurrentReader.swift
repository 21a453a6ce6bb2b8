public import Tensors

/// Reads sequences with recurrent layers, in one direction or both.
///
/// Shape: `[B, T, inputSize]` to `[B, featureSize]`; a sequence of no steps gives zeros.
public struct RecurrentReader: SequenceReader {
  /// One network for each way of reading.
  public let networks: [any RecurrentLayer]
  /// How states become features, which stand side by side.
  public let pooling: [StatePooling]
  /// Size of the inputs' mean where it stands beside the features, otherwise 0.
  private let shortcutSize: Int

  /// Makes networks with initial values.
  ///
  /// - Parameters:
  ///   - cell: which recurrent layer.
  ///   - inputSize: number of elements of a step's vector.
  ///   - hiddenSize: number of features of each pooling, of which either end has half where `direction` is `bi`; with
  ///     `combine` there are twice as many.
  ///   - layerCount: number of layers, each on the states of the one before.
  ///   - direction: from which end sequences are read.
  ///   - pooling: how states become features, which stand side by side.
  ///   - hasShortcut: whether the mean of the inputs, past all recurrence, stands beside the features.
  ///   - dropout: rate at which elements are dropped between layers in training, in `[0, 1)`.
  ///   - random: draws the initial values.
  /// - Precondition: sizes and `layerCount` are positive; `hiddenSize` is even unless `direction` is `uni`; there is a pooling.
  public init(
    _ cell: RecurrentCell = .gru, inputSize: Int, hiddenSize: Int, layerCount: Int = 1,
    direction: ReadingDirection = .uni, pooling: [StatePooling] = [.last],
    hasShortcut: Bool = false,
    dropout: Double = 0, using random: inout RandomSource
  ) {
    precondition(
      direction == .uni || hiddenSize.isMultiple(of: 2),
      "two directions share an even number of features, got \(hiddenSize)")
    precondition(!pooling.isEmpty, "there are no features without a pooling")
    var networks: [any RecurrentLayer] = []
    if direction != .bi {
      networks.append(
        cell.makeLayer(
          inputSize: inputSize, hiddenSize: hiddenSize, layerCount: layerCount, dropout: dropout,
          using: &random))
    }
    if direction != .uni {
      networks.append(
        cell.makeLayer(
          inputSize: inputSize, hiddenSize: hiddenSize / 2, layerCount: layerCount,
          isBidirectional: true, dropout: dropout, using: &random))
    }
    self.networks = networks
    self.pooling = pooling
    shortcutSize = hasShortcut ? inputSize : 0
  }

  public var featureSize: Int {
    pooling.count * networks.reduce(0) { $0 + $1.hiddenSize * $1.directionCount } + shortcutSize
  }

  public func callAsFunction(
    _ steps: Tensor, lengths: Tensor?, using pass: inout Pass
  ) -> Tensor {
    var features: [Tensor] = []
    for network in networks {
      let (states, last) = network(steps, from: nil, lengths: lengths, using: &pass)
      features += pooling.map { pooling in
        switch pooling {
        case .last: Self.sideBySide(last[0], network.directionCount)
        case .max: states.greatestOverSteps(lengths: lengths)
        case .mean: states.meanOverSteps(lengths: lengths)
        }
      }
    }
    if shortcutSize > 0 {
      let counted = lengths.map { steps * .stepMask(lengths: $0, stepCount: steps.shape[1]) }
      features.append((counted ?? steps).meanOverSteps(lengths: lengths))
    }
    return features.count == 1 ? features[0] : .concatenated(features, axis: 1)
  }

  /// The last layer's states `[layers · D, B, H]` as `[B, D · H]`.
  private static func sideBySide(_ states: Tensor, _ directionCount: Int) -> Tensor {
    let count = states.shape[0]
    let sides = (count - directionCount..<count).map {
      states.slice(axis: 0, from: $0, to: $0 + 1).squeezed(axis: 0)
    }
    return sides.count == 1 ? sides[0] : .concatenated(sides, axis: 1)
  }
}

extension Tensor {
  /// The greatest of each element over steps `[B, T, H]` that count, `[B, H]`; 0 where none does.
  fileprivate func greatestOverSteps(lengths: Tensor?) -> Tensor {
    guard let lengths else { return maximum(axes: [1]) }
    // Far below what a state, between -1 and 1, can be.
    let counts = Tensor.stepMask(lengths: lengths, stepCount: shape[1]).expanded(to: shape)
    let greatest = Tensor.where(counts, self, -2).maximum(axes: [1])
    let isEmpty = lengths.equal(to: 0).reshaped(to: [shape[0], 1]).expanded(to: greatest.shape)
    return .where(isEmpty, 0, greatest)
  }

  /// The mean of each element over steps `[B, T, H]`, which are 0 where they do not count, `[B, H]`; 0 where none does.
  fileprivate func meanOverSteps(lengths: Tensor?) -> Tensor {
    guard let lengths else { return mean(axes: [1]) }
    return sum(axes: [1]) / Tensor.maximum(lengths, 1).reshaped(to: [shape[0], 1])
  }
}
