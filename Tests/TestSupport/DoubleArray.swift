public import Tensors

/// Numbers with a shape in `Double`: what references compute with, slowly and plainly.
public struct DoubleArray: Hashable, Sendable {
  /// The extents of the array.
  public let shape: Shape
  /// The elements, last axis fastest.
  public var values: [Double]

  /// Makes an array from its elements, last axis fastest.
  ///
  /// - Precondition: `values.count == shape.count`.
  public init(_ values: [Double], shape: Shape) {
    precondition(
      values.count == shape.count, "\(values.count) values do not fill the shape \(shape)")
    self.shape = shape
    self.values = values
  }

  /// The same numbers in `Double`.
  public init(_ array: NDArray) {
    self.init(array.scalars.map(Double.init), shape: array.shape)
  }

  /// The same numbers, rounded to `Float`.
  public var rounded: NDArray { NDArray(values.map { Float($0) }, shape: shape) }

  /// The greatest magnitude, 0 for no elements.
  public var greatestMagnitude: Double { values.map(abs).max() ?? 0 }

  /// Elements between neighbours along each axis, row-major.
  fileprivate var strides: [Int] {
    shape.dimensions.indices.map { shape.dimensions[($0 + 1)...].reduce(1, *) }
  }
}

/// The places of a shape in row-major order, as one index an axis.
private func places(of shape: Shape) -> [[Int]] {
  shape.dimensions.reduce([[]]) { places, extent in
    places.flatMap { place in (0..<extent).map { place + [$0] } }
  }
}

extension DoubleArray {
  /// A function of one element from each of several arrays, broadcast as in NumPy.
  ///
  /// - Precondition: the shapes meet.
  public static func mapped(
    _ arrays: [DoubleArray], _ function: ([Double]) -> Double
  ) -> DoubleArray {
    let shape = arrays.dropFirst().reduce(arrays[0].shape) { common, array in
      guard let met = common.broadcast(with: array.shape) else {
        preconditionFailure("shapes \(common) and \(array.shape) do not meet")
      }
      return met
    }
    let expanded = arrays.map { $0.expanded(to: shape).values }
    let values = (0..<shape.count).map { index in function(expanded.map { $0[index] }) }
    return DoubleArray(values, shape: shape)
  }

  /// A function of each element.
  public func mapped(_ function: (Double) -> Double) -> DoubleArray {
    DoubleArray(values.map(function), shape: shape)
  }

  /// Repeated along axes of extent 1 and new outer axes.
  public func expanded(to target: Shape) -> DoubleArray {
    if shape == target { return self }
    let added = target.rank - shape.rank
    let strides = strides
    let taken = places(of: target).map { place in
      var offset = 0
      for axis in shape.dimensions.indices where shape[axis] != 1 {
        offset += place[added + axis] * strides[axis]
      }
      return values[offset]
    }
    return DoubleArray(taken, shape: target)
  }

  /// The sum over neighbouring axes, which vanish.
  public func sum(axes: Range<Int>) -> DoubleArray {
    var dimensions = shape.dimensions
    dimensions.removeSubrange(axes)
    var result = DoubleArray(
      [Double](repeating: 0, count: dimensions.reduce(1, *)), shape: Shape(dimensions))
    let strides = result.strides
    for (index, place) in places(of: shape).enumerated() {
      var kept = place
      kept.removeSubrange(axes)
      result.values[zip(kept, strides).reduce(0) { $0 + $1.0 * $1.1 }] += values[index]
    }
    return result
  }

  /// The sum of all elements, of shape `[]`.
  public func sum() -> DoubleArray { sum(axes: 0..<shape.rank) }

  /// The same elements under another shape.
  public func reshaped(to shape: Shape) -> DoubleArray { DoubleArray(values, shape: shape) }

  /// The axes in another order.
  public func transposed(_ permutation: [Int]) -> DoubleArray {
    let target = Shape(permutation.map { shape[$0] })
    let strides = permutation.map { self.strides[$0] }
    let taken = places(of: target).map { place in
      values[zip(place, strides).reduce(0) { $0 + $1.0 * $1.1 }]
    }
    return DoubleArray(taken, shape: target)
  }

  /// The matrix product `a · b`, plus a bias on each row.
  public static func product(
    _ a: DoubleArray, _ b: DoubleArray, transposingFirst: Bool = false,
    transposingSecond: Bool = false, bias: DoubleArray? = nil
  ) -> DoubleArray {
    let a = transposingFirst ? a.transposed([1, 0]) : a
    let b = transposingSecond ? b.transposed([1, 0]) : b
    let (rows, inner, columns) = (a.shape[0], a.shape[1], b.shape[1])
    var result: [Double] = []
    result.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        var total = bias?.values[column] ?? 0
        for k in 0..<inner { total += a.values[row * inner + k] * b.values[k * columns + column] }
        result.append(total)
      }
    }
    return DoubleArray(result, shape: [rows, columns])
  }
}
