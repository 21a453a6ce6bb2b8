import Foundation

/// A spiral in the plane that starts in the origin, about as dense everywhere along its length (Makhzani et al. 2015,
/// https://arxiv.org/abs/1511.05644).
///
/// With `t` uniform in `0..<1` a code has the distance `radius · √t` from the origin at the angle `2π · turns · √t`. A
/// label chooses an arc: label `k` of `K` has `t` in `k/K..<(k+1)/K`.
public struct SwissRoll: ModelConfiguration {
  /// Number of arcs that labels name.
  public var arcs = 10
  /// Distance of the outer end from the origin.
  public var radius = 3.0
  /// How often it winds around the origin.
  public var turns = 2.0
  /// Standard deviation of normal noise that gives the spiral a thickness.
  public var deviation = 0.0

  /// Two turns in ten arcs.
  public init() {}

  public func validate() throws {
    try require("arcs", (1...1000).contains(arcs), "lies in 1...1000")
    try require("radius", (0...1e6).contains(radius), "lies in 0...1e6")
    try require("turns", (0...1000).contains(turns), "lies in 0...1000")
    try require("deviation", (0...1e6).contains(deviation), "lies in 0...1e6")
  }

  /// Draws from the arcs that labels name, `[count, 2]`.
  func sample(_ count: Int, labels: Tensor?, using pass: inout Pass) -> Tensor {
    let classes = pass.classes(count, of: arcs, where: labels).reshaped(to: [count, 1])
    let t = (classes + pass.uniform([count, 1])) * Tensor(Float(1 / Double(arcs)))
    let distance = t.squareRoot()
    let angle = distance * Tensor(Float(2 * Double.pi * turns))
    let spiral = Tensor.concatenated([angle.cos(), angle.sin()], axis: 1)
    let codes = spiral * distance * Tensor(Float(radius))
    return deviation > 0 ? codes + pass.normal([count, 2]) * Tensor(Float(deviation)) : codes
  }
}
