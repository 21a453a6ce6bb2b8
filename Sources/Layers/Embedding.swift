public import Tensors

/// A table of vectors, looked up by whole numbers: words, classes, codes.
///
/// Shape: `[...]`, numbers from 0 to below `count`, to `[..., size]`; `weight` is `[count, size]`, as in PyTorch. A run
/// throws `TensorError.indexOutOfRange` for any other number.
public struct Embedding: Layer {
  /// `[count, size]`
  public let weight: Parameter
  /// The number whose vector starts at 0 and is not trained; `nil` for none.
  public let paddingIndex: Int?

  /// Makes a table.
  ///
  /// - Parameters:
  ///   - count: number of vectors.
  ///   - size: number of elements of a vector.
  ///   - paddingIndex: a vector that is 0 and stays so; `nil` for none.
  ///   - initializer: how the vectors start; by default standard normal numbers, as in PyTorch.
  ///   - random: draws the initial values.
  /// - Precondition: both extents are positive and `paddingIndex` is below `count`.
  public init(
    count: Int, size: Int, paddingIndex: Int? = nil, initializer: Initializer = .normal(1),
    using random: inout RandomSource
  ) {
    precondition(
      count > 0 && size > 0, "a table needs positive extents, got \(count) by \(size)")
    precondition(
      (0..<count).contains(paddingIndex ?? 0),
      "the padding \(paddingIndex ?? 0) is none of \(count) rows")
    self.paddingIndex = paddingIndex
    let source = random.split()
    weight = Parameter([count, size]) {
      var source = source
      var value = initializer.values([count, size], using: &source)
      if let paddingIndex {
        for place in paddingIndex * size..<(paddingIndex + 1) * size { value.scalars[place] = 0 }
      }
      return value
    }
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    weight.tensor.gathered(at: x, fixedIndex: paddingIndex)
  }
}
