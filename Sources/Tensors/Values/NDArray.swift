/// Numbers with a shape: a concrete value, row-major, float32.
///
/// A ``Tensor`` is symbolic; an `NDArray` is what goes in and comes out.
public struct NDArray: Hashable, Sendable {
  /// The extents of the array.
  public let shape: Shape
  /// The elements, last axis fastest; exactly `shape.count` of them.
  public var scalars: [Float]

  /// Makes an array from its elements, last axis fastest.
  ///
  /// - Precondition: `scalars.count == shape.count`.
  public init(_ scalars: [Float], shape: Shape) {
    precondition(
      scalars.count == shape.count,
      "an array of shape \(shape) holds \(shape.count) numbers, got \(scalars.count)")
    self.shape = shape
    self.scalars = scalars
  }

  /// Makes an array filled with one number.
  public init(repeating value: Float, shape: Shape) {
    self.shape = shape
    self.scalars = [Float](repeating: value, count: shape.count)
  }

  /// A single number.
  public init(_ scalar: Float) {
    self.init([scalar], shape: .scalar)
  }

  /// The rows `range` along the first axis.
  ///
  /// - Precondition: the array has an axis and `range` lies within it.
  public func rows(_ range: Range<Int>) -> NDArray {
    precondition(
      shape.rank > 0 && range.upperBound <= shape[0] && range.lowerBound >= 0,
      "rows \(range) of an array of shape \(shape)")
    let stride = shape.dimensions.dropFirst().reduce(1, *)
    return NDArray(
      Array(scalars[range.lowerBound * stride..<range.upperBound * stride]),
      shape: Shape([range.count] + shape.dimensions.dropFirst()))
  }
}
