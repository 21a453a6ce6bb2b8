/// The kind of distribution that each element of the data has by itself, given a code.
public enum Likelihood: String, Choice {
  /// Elements in `[0, 1]` as probabilities; a decoder's output is logits.
  case bernoulli
  /// Normal elements; a decoder's output is the mean, and the variance where ``OutputVariance`` says so.
  case gaussian
}

/// Where the variance of a Gaussian likelihood comes from.
public enum OutputVariance: String, Choice {
  /// A given number, the same for all elements.
  case fixed
  /// One learned number for all elements (Rybkin et al. 2021, https://arxiv.org/abs/2006.13202).
  case shared
  /// From the code, for each element by itself: the decoder gives a mean and a logarithm of the variance.
  case perElement
}
