public import Tensors

/// Which recurrent layer; the raw value is its name in configurations.
public enum RecurrentCell: String, Choice {
  /// ``GRU``
  case gru
  /// ``LSTM``
  case lstm
  /// ``LayerNormGRU``
  case layerNormGRU

  /// Makes layers with initial values.
  ///
  /// - Parameters:
  ///   - inputSize: number of elements of a step's vector.
  ///   - hiddenSize: number of elements of a state, of each direction.
  ///   - layerCount: number of layers, each on the states of the one before.
  ///   - isBidirectional: whether a second network reads each sequence from its end.
  ///   - dropout: rate at which elements are dropped between layers in training, in `[0, 1)`.
  ///   - random: draws the initial values.
  /// - Precondition: sizes and `layerCount` are positive.
  public func makeLayer(
    inputSize: Int, hiddenSize: Int, layerCount: Int = 1, isBidirectional: Bool = false,
    dropout: Double = 0, using random: inout RandomSource
  ) -> any RecurrentLayer {
    switch self {
    case .gru:
      GRU(
        inputSize: inputSize, hiddenSize: hiddenSize, layerCount: layerCount,
        isBidirectional: isBidirectional, dropout: dropout, using: &random)
    case .lstm:
      LSTM(
        inputSize: inputSize, hiddenSize: hiddenSize, layerCount: layerCount,
        isBidirectional: isBidirectional, dropout: dropout, using: &random)
    case .layerNormGRU:
      LayerNormGRU(
        inputSize: inputSize, hiddenSize: hiddenSize, layerCount: layerCount,
        isBidirectional: isBidirectional, dropout: dropout, using: &random)
    }
  }
}
