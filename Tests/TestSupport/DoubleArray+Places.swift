public import Tensors

extension DoubleArray {
  /// An array whose elements are computed from their places, one index an axis.
  public init(_ shape: Shape, at element: ([Int]) -> Double) {
    let places = shape.dimensions.reduce([[]]) { places, extent in
      places.flatMap { place in (0..<extent).map { place + [$0] } }
    }
    self.init(places.map(element), shape: shape)
  }

  /// The element at a place.
  public subscript(place: [Int]) -> Double {
    var offset = 0
    for (index, extent) in zip(place, shape.dimensions) { offset = offset * extent + index }
    return values[offset]
  }

  /// Arrays one after the other along an axis.
  public static func concatenated(_ arrays: [DoubleArray], axis: Int) -> DoubleArray {
    var dimensions = arrays[0].shape.dimensions
    dimensions[axis] = arrays.reduce(0) { $0 + $1.shape[axis] }
    return DoubleArray(Shape(dimensions)) { place in
      var place = place
      for array in arrays {
        if place[axis] < array.shape[axis] { return array[place] }
        place[axis] -= array.shape[axis]
      }
      return .nan
    }
  }

  /// The given places along one axis, in the given order.
  public func taking(_ places: [Int], axis: Int) -> DoubleArray {
    var dimensions = shape.dimensions
    dimensions[axis] = places.count
    return DoubleArray(Shape(dimensions)) { place in
      var place = place
      place[axis] = places[place[axis]]
      return self[place]
    }
  }
}
