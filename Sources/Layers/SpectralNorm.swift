public import Tensors

/// A layer whose weight is divided by its greatest singular value, so that it lengthens no difference of inputs (Miyato et
/// al. 2018, https://arxiv.org/abs/1802.05957).
///
/// Shape: that of the layer. The weight `W`, as a matrix `[outputs, everything else]`, is used as `W / σ` with
/// `σ = uᵀ · W · v`. In training each pass first moves `u` and `v` by steps of the power iteration,
/// `u = W · v / ‖W · v‖` and `v = Wᵀ · u / ‖Wᵀ · u‖`, through which no gradient flows; in evaluation they stay.
///
/// The weight is stored as `weight_orig` beside `weight_u` and `weight_v`, as in PyTorch.
public struct SpectralNorm<Wrapped: WeightedLayer>: Layer {
  /// The layer, with the weight that is trained.
  public let layer: Wrapped
  /// `[outputs]`, of length 1; not trained.
  public let u: Parameter
  /// `[everything else]`, of length 1; not trained.
  public let v: Parameter
  /// Steps of the power iteration in a training pass.
  public let iterationCount: Int
  /// The least length that a vector is divided by.
  public let epsilon: Float

  /// Wraps a layer; `u` and `v` start after a few steps from random vectors.
  ///
  /// - Precondition: `iterationCount` and `epsilon` are positive.
  public init(
    _ layer: Wrapped, iterationCount: Int = 1, epsilon: Float = 1e-12,
    using random: inout RandomSource
  ) {
    precondition(
      iterationCount > 0 && epsilon > 0,
      "a power iteration needs steps and an epsilon, got \(iterationCount) and \(epsilon)")
    self.layer = layer
    (self.iterationCount, self.epsilon) = (iterationCount, epsilon)
    let outputs = layer.weight.shape[layer.outputAxis]
    let start = SingularVectors(layer.weight, axis: layer.outputAxis, using: &random)
    u = Parameter([outputs], isTrainable: false) { start.vectors.u }
    v = Parameter([layer.weight.shape.count / outputs], isTrainable: false) { start.vectors.v }
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    layer(x, weight: weight(using: &pass), using: &pass)
  }

  /// The weight that the layer applies, of the shape of its own, after a training pass moved `u` and `v`.
  public func weight(using pass: inout Pass) -> Tensor {
    let matrix = matrix
    var (u, v) = (pass.value(of: self.u), pass.value(of: self.v))
    if pass.isTraining {
      let fixed = matrix.stoppingGradient()
      for _ in 0..<iterationCount {
        u = normalized((fixed * v).sum(axes: [1]))
        let column = u.reshaped(to: [u.shape[0], 1])
        v = normalized(.product(fixed, column, transposingFirst: true).reshaped(to: v.shape))
      }
      pass.assign(u, to: self.u)
      pass.assign(v, to: self.v)
    }
    let image = (matrix * v.stoppingGradient()).sum(axes: [1])
    return layer.weight.tensor / (u.stoppingGradient() * image).sum()
  }

  /// The weight as `[outputs, everything else]`.
  private var matrix: Tensor {
    var weight = layer.weight.tensor
    let axis = layer.outputAxis
    if axis > 0 {
      weight = weight.transposed([axis] + weight.shape.dimensions.indices.filter { $0 != axis })
    }
    return weight.reshaped(to: [u.shape[0], v.shape[0]])
  }

  private func normalized(_ x: Tensor) -> Tensor {
    x / .maximum(x.squared().sum().squareRoot(), Tensor(epsilon))
  }
}

extension SpectralNorm: CustomReflectable {
  /// The parameters under PyTorch's names, those of the layer among them.
  public var customMirror: Mirror {
    let own: [Mirror.Child] = [("weight_orig", layer.weight), ("weight_u", u), ("weight_v", v)]
    let others = Mirror(reflecting: layer).children.filter {
      $0.value as? Parameter != layer.weight
    }
    return Mirror(self, children: own + others, displayStyle: .struct)
  }
}

/// Vectors near those of a weight's greatest singular value, found when they are first needed.
private final class SingularVectors {
  private let weight: Parameter
  private let axis: Int
  private let source: RandomSource

  init(_ weight: Parameter, axis: Int, using random: inout RandomSource) {
    (self.weight, self.axis) = (weight, axis)
    source = random.split()
  }

  /// Fifteen steps of the power iteration, as many as PyTorch begins with.
  lazy var vectors: (u: NDArray, v: NDArray) = {
    var source = source
    let (rows, columns) = (weight.shape[axis], weight.shape.count / weight.shape[axis])
    let matrix = rowsOfOutputs()
    var u = [Float](repeating: 0, count: rows)
    var v = Initializer.normal(1).values([columns], using: &source).scalars
    for _ in 0..<15 {
      for row in 0..<rows {
        u[row] = zip(matrix[row * columns..<(row + 1) * columns], v).reduce(0) { $0 + $1.0 * $1.1 }
      }
      normalize(&u)
      v = [Float](repeating: 0, count: columns)
      for row in 0..<rows {
        for column in 0..<columns { v[column] += matrix[row * columns + column] * u[row] }
      }
      normalize(&v)
    }
    return (NDArray(u, shape: [rows]), NDArray(v, shape: [columns]))
  }()

  /// The weight with the axis of the outputs first.
  private func rowsOfOutputs() -> [Float] {
    let values = weight.value.scalars
    guard axis > 0 else { return values }
    let outer = weight.shape.dimensions[..<axis].reduce(1, *)
    let rows = weight.shape[axis]
    let inner = weight.shape.dimensions[(axis + 1)...].reduce(1, *)
    var moved: [Float] = []
    moved.reserveCapacity(values.count)
    for row in 0..<rows {
      for block in 0..<outer {
        let first = (block * rows + row) * inner
        moved += values[first..<first + inner]
      }
    }
    return moved
  }

  private func normalize(_ x: inout [Float]) {
    let length = x.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for index in x.indices { x[index] /= max(length, 1e-12) }
  }
}
