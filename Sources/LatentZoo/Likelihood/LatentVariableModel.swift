/// A family with a density of the data, `p(x) = ∫ p(x | z) p(z) dz`, and a distribution of the code of an example.
///
/// ``ImportanceSampling`` estimates the density of any such family. Where ``ModelFamily/batchContents`` lists labels, all
/// distributions are those for the given classes.
public protocol LatentVariableModel: ModelFamily {
  /// `q(z | x)`, or `q(z | x, y)`, for each example.
  func posterior(for batch: Batch, using pass: inout Pass) -> DiagonalGaussian

  /// `-log p(x | z)`, or `-log p(x | z, y)`, of each example.
  ///
  /// - Parameters:
  ///   - batch: the examples `x`, `[B, ...dataShape]`, with their classes `y` where those were asked for.
  ///   - z: a sample of the posterior, `[B, n]`.
  ///   - pass: the recording it becomes part of.
  /// - Returns: `[B]`, in nats.
  func negativeLogLikelihood(
    of batch: Batch, given z: Tensor, using pass: inout Pass
  ) -> Tensor

  /// `-log p(z)` of each sample; by default under the standard normal distribution.
  ///
  /// - Parameters:
  ///   - z: `[B, n]`
  ///   - pass: the recording it becomes part of.
  /// - Returns: `[B]`, in nats.
  func negativeLogPrior(of z: Tensor, using pass: inout Pass) -> Tensor
}

extension LatentVariableModel {
  public func negativeLogPrior(of z: Tensor, using pass: inout Pass) -> Tensor {
    z.negativeLogStandardNormalDensity()
  }
}

extension LatentVariableModel {
  /// The posterior and the likelihood, so that any tool can weigh codes and estimate densities:
  ///
  /// - `posterior`: `x` (and `labels`) to `z_mean` and `z_log_variance`, each `[N, n]`;
  /// - `negative_log_likelihood`: `x`, `z` `[N, n]` (and `labels`) to `nats`, `[N]`.
  public func furtherNetworks(for data: DataShape) -> [FurtherNetwork] {
    densities(for: data)
  }

  /// What ``ModelFamily/furtherNetworks(for:)`` gives by default, for families that have more.
  public func densities(for data: DataShape) -> [FurtherNetwork] {
    let x = GraphValue.examples(data)
    let labels = batchContents.contains(.labels) ? [GraphValue.labels] : []
    return [
      FurtherNetwork(
        "posterior", inputs: [x] + labels, outputs: ["z_mean", "z_log_variance"]
      ) { inputs, pass in
        let posterior = posterior(for: .traced(inputs[0], labels: inputs.dropFirst()), using: &pass)
        return [posterior.mean, posterior.logVariance]
      },
      FurtherNetwork(
        "negative_log_likelihood",
        inputs: [x, .vectors("z", size: posteriorSize(for: data))] + labels, outputs: ["nats"]
      ) { inputs, pass in
        let batch = Batch.traced(inputs[0], labels: inputs.dropFirst(2))
        return [negativeLogLikelihood(of: batch, given: inputs[1], using: &pass)]
      },
    ]
  }

  /// Number of elements of a sample of the posterior.
  private func posteriorSize(for data: DataShape) -> Int {
    var pass = Pass.evaluation()
    let labels: [Tensor] = batchContents.contains(.labels) ? [.input([1])] : []
    let batch = Batch.traced(.input(data.batched(1)), labels: labels[...])
    return posterior(for: batch, using: &pass).mean.shape[1]
  }
}

extension Batch {
  /// A batch after training, when every warm-up is over.
  fileprivate static func traced(_ examples: Tensor, labels: ArraySlice<Tensor>) -> Batch {
    Batch(examples: examples, epoch: Tensor(Float.greatestFiniteMagnitude), labels: labels.first)
  }
}
