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

  /// Reconstruction and weighted penalties; all are reported unweighted.
  ///
  /// - Parameters:
  ///   - reconstruction: the loss of each example, `[B]`.
  ///   - penalties: what is added; without any the reconstruction is not reported by itself.
  public init(reconstruction: Tensor, penalties: [Penalty]) {
    let distortion = reconstruction.mean()
    guard !penalties.isEmpty else {
      self.init(loss: distortion)
      return
    }
    self.init(
      loss: penalties.reduce(distortion) { $0 + Tensor(Float($1.weight)) * $1.value },
      terms: [("reconstruction", distortion)] + penalties.map { ($0.name, $0.value) })
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

  /// The same with a divergence of each element of the code by itself, of which some comes free of charge: the least
  /// that an element's mean over the batch counts for (Kingma et al. 2016, https://arxiv.org/abs/1606.04934, appendix C.8).
  ///
  /// - Parameters:
  ///   - reconstruction: the loss of each example, `[B]`.
  ///   - divergences: of each element of each example's code from the prior, `[B, latentSize]`.
  ///   - weight: the factor of the divergence, `[]`.
  ///   - freeBits: λ of the paper, nats per element.
  public init(reconstruction: Tensor, divergences: Tensor, weight: Tensor, freeBits: Double) {
    let (distortion, rates) = (reconstruction.mean(), divergences.mean(axes: [0]))
    let counted = freeBits > 0 ? Tensor.maximum(rates, Tensor(Float(freeBits))) : rates
    self.init(
      loss: distortion + weight * counted.sum(),
      terms: [("reconstruction", distortion), ("kl", rates.sum())])
  }
}

/// Something that training keeps small beside the reconstruction.
public struct Penalty {
  /// Name in reports and in the history.
  public let name: String
  /// Its mean over the batch, `[]`.
  public let value: Tensor
  /// Its factor in the loss.
  public let weight: Double

  /// Makes a penalty.
  public init(_ name: String, _ value: Tensor, weight: Double) {
    (self.name, self.value, self.weight) = (name, value, weight)
  }
}
