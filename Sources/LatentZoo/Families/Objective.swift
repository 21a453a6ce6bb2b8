/// A loss and what it is made of.
public struct Objective {
  /// What is minimised, `[]`: the mean over the batch.
  public let loss: Tensor
  /// Parts to report by name, each the mean over the batch, `[]`.
  public let terms: [(name: String, value: Tensor)]

  /// Makes an objective of single numbers.
  public init(loss: Tensor, terms: [(name: String, value: Tensor)] = []) {
    self.loss = loss
    self.terms = terms
  }

  /// An objective of reconstruction alone.
  ///
  /// - Parameter reconstruction: the loss of each example, `[B]`.
  public init(reconstruction: Tensor) {
    self.init(loss: reconstruction.mean())
  }

  /// A weighted sum of reconstruction and divergence; both are reported unweighted.
  ///
  /// - Parameters:
  ///   - reconstruction: the loss of each example, `[B]`.
  ///   - divergence: the divergence of each example's code from the prior, `[B]`.
  ///   - weight: the factor of the divergence, `[]`.
  public init(reconstruction: Tensor, divergence: Tensor, weight: Tensor) {
    let (distortion, rate) = (reconstruction.mean(), divergence.mean())
    self.init(
      loss: distortion + weight * rate,
      terms: [("reconstruction", distortion), ("kl", rate)])
  }
}
