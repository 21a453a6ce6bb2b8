/// A rectangular part of a dataset: `count` elements from `start` on along each axis.
struct Block: Hashable, Sendable {
  let start: [Int]
  let count: [Int]

  /// A block that lies inside a shape.
  ///
  /// - Throws: `HDF5Error.outOfBounds`.
  init(start: [Int], count: [Int], in shape: [Int], at place: Place) throws(HDF5Error) {
    let fits =
      start.count == shape.count && count.count == shape.count
      && shape.indices.allSatisfy { axis in
        start[axis] >= 0 && count[axis] >= 0 && start[axis] <= shape[axis]
          && count[axis] <= shape[axis] - start[axis]
      }
    guard fits else {
      throw .outOfBounds(
        file: place.file, object: place.object, start: start, count: count, shape: shape)
    }
    self.start = start
    self.count = count
  }

  /// Some rows along the first axis, whole along all others.
  ///
  /// - Throws: `HDF5Error.outOfBounds`, also where there is no axis.
  init(rows: Range<Int>, in shape: [Int], at place: Place) throws(HDF5Error) {
    let others = shape.dropFirst()
    // The count of a range that starts far below zero may overflow; -1 is refused like it.
    let count = rows.lowerBound < 0 ? -1 : rows.count
    try self.init(
      start: [rows.lowerBound] + others.map { _ in 0 }, count: [count] + others,
      in: shape, at: place)
  }
}

/// Number of elements of a shape, nil if it overflows.
func elementCount(of shape: [Int]) -> Int? {
  if shape.contains(0) { return 0 }
  var count = 1
  for size in shape {
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    if overflow { return nil }
    count = product
  }
  return count
}
