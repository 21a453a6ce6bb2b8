/// In which order a value's elements lie in memory; shapes are always written batch, channels, space.
enum ElementOrder: Hashable {
  /// The last axis fastest, as the shape is written.
  case rowMajor
  /// The channels fastest: `[N, C, H, W]` lies as `[N, H, W, C]`. What convolutions work on.
  case channelsLast

  /// The shape's axes in the order they lie in memory, slowest first.
  func axes(rank: Int) -> [Int] {
    switch self {
    case .rowMajor: Array(0..<rank)
    case .channelsLast: rank < 3 ? Array(0..<rank) : [0] + Array(2..<rank) + [1]
    }
  }

  /// The extents in the order they lie in memory.
  func dimensions(of shape: Shape) -> [Int] {
    axes(rank: shape.rank).map { shape[$0] }
  }

  /// Elements between neighbours along each of the shape's axes.
  func strides(of shape: Shape) -> [Int] {
    let axes = axes(rank: shape.rank)
    var strides = [Int](repeating: 1, count: shape.rank)
    for (axis, stride) in zip(axes, Shape(dimensions(of: shape)).rowMajorStrides) {
      strides[axis] = stride
    }
    return strides
  }
}

extension Shape {
  /// Whether both orders are the same: one channel, or one place.
  var isOrderFree: Bool {
    rank < 3 || dimensions[1] == 1 || dimensions[2...].allSatisfy { $0 == 1 } || count == 0
  }
}
