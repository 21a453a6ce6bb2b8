public import Tensors

extension Tensor {
  /// The squared Frobenius norm of the Jacobian of a code by its input, estimated along one random direction for each example:
  /// `‖∂(v · z)/∂x‖²` with `v ~ N(0, I)`, whose mean over `v` is `‖∂z/∂x‖²` (the penalty of Rifai et al. 2011,
  /// https://icml.cc/2011/papers/455_icmlpaper.pdf).
  ///
  /// What computes `z` must treat each example by itself, and be such that its gradient has a gradient; otherwise the result
  /// carries a fault.
  ///
  /// - Parameters:
  ///   - z: `[B, units]`.
  ///   - x: `[B, ...]`, of which `z` was computed.
  ///   - pass: the recording it becomes part of.
  /// - Returns: `[B]`.
  public static func squaredJacobianNorm(
    of z: Tensor, by x: Tensor, using pass: inout Pass
  ) -> Tensor {
    let direction = pass.normal(z.shape)
    return (direction * z).sum().gradient(withRespectTo: x).squared().summedPerExample()
  }
}
