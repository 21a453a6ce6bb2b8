import Foundation

/// Normal distributions arranged like petals around the origin of the plane, each long towards the origin (Makhzani et
/// al. 2015, https://arxiv.org/abs/1511.05644).
///
/// Petal `k` of `K` has its mean at `radius · (cos a, sin a)`, `a = 2πk / K`.
public struct PetalMixture: ModelConfiguration {
  /// Number of petals.
  public var components = 10
  /// Distance of the means from the origin.
  public var radius = 1.4
  /// Standard deviation along the line to the origin.
  public var radialDeviation = 0.5
  /// Standard deviation across it.
  public var tangentialDeviation = 0.1

  /// Ten petals that hardly meet.
  public init() {}

  public func validate() throws {
    try require("components", (1...1000).contains(components), "lies in 1...1000")
    try require("radius", (0...1e6).contains(radius), "lies in 0...1e6")
    try require("radialDeviation", (0...1e6).contains(radialDeviation), "lies in 0...1e6")
    try require("tangentialDeviation", (0...1e6).contains(tangentialDeviation), "lies in 0...1e6")
  }

  /// Draws from the petals that labels name, `[count, 2]`.
  func sample(_ count: Int, labels: Tensor?, using pass: inout Pass) -> Tensor {
    let petals = pass.classes(count, of: components, where: labels)
    let along = pass.normal([count, 1]) * Tensor(Float(radialDeviation)) + Tensor(Float(radius))
    let across = pass.normal([count, 1]) * Tensor(Float(tangentialDeviation))
    let angles =
      petals.reshaped(to: [count, 1]) * Tensor(Float(2 * Double.pi / Double(components)))
    let (cosine, sine) = (angles.cos(), angles.sin())
    return .concatenated([along * cosine - across * sine, along * sine + across * cosine], axis: 1)
  }
}
