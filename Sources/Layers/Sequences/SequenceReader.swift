public import Tensors

/// What turns the steps of a sequence into features of the whole: the network part of a sequence encoder.
public protocol SequenceReader: Module {
  /// Number of features of a sequence.
  var featureSize: Int { get }

  /// Records the reading.
  ///
  /// - Parameters:
  ///   - steps: `[B, T, inputSize]`
  ///   - lengths: how many steps of each sequence count, `[B]`, 0 among them; all without.
  ///   - pass: the recording it becomes part of.
  /// - Returns: `[B, featureSize]`
  func callAsFunction(_ steps: Tensor, lengths: Tensor?, using pass: inout Pass) -> Tensor
}

/// In which directions a recurrent network reads a sequence (Kiros et al. 2015, https://arxiv.org/abs/1506.06726).
public enum ReadingDirection: String, Choice {
  /// From the first step to the last.
  case uni
  /// From either end, each with half of the features.
  case bi
  /// Both of the above side by side, with twice the features.
  case combine
}

/// How the states after all steps become features of the sequence.
public enum StatePooling: String, Choice {
  /// The last states.
  case last
  /// The greatest value of each element over the steps (Conneau et al. 2017, https://arxiv.org/abs/1705.02364).
  case max
  /// The mean of each element over the steps.
  case mean
}
