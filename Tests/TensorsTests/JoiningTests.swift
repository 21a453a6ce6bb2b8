import Tensors
import TestSupport
import Testing

@Suite struct JoiningTests {
  @Test(
    "Concatenation puts tensors one after the other along any axis",
    arguments: [
      ([[2, 3], [1, 3]], 0), ([[2, 3], [2, 1], [2, 4]], 1), ([[3], [1], [2]], 0),
      ([[2, 3, 4], [2, 1, 4]], 1), ([[2, 3, 4], [2, 3, 1], [2, 3, 2]], 2), ([[0, 2], [3, 2]], 0),
      ([[2, 0], [2, 3], [2, 0]], 1), ([[0, 2], [0, 1]], 1), ([[1], [1]], 0),
      ([[2, 1, 3, 2], [2, 3, 3, 2], [2, 2, 3, 2]], 1), ([[5, 3], [5, 3]], 0),
    ] as [([Shape], Int)])
  func concatenate(_ shapes: [Shape], _ axis: Int) throws {
    try checkOperator(
      shapes.map { Draw($0) }, reference: { .concatenated($0, axis: axis) },
      { .concatenated($0, axis: axis) })
    try checkOperator(
      shapes.map { Draw($0) }, reference: { .concatenated($0, axis: axis) },
      { .concatenated($0, axis: axis - shapes[0].rank) })
  }

  @Test(
    "Stacking makes a new axis",
    arguments: [
      ([], 0), ([3], 0), ([3], 1), ([3], -1), ([2, 3], 1), ([2, 3], -2), ([0, 2], 2), ([1, 1], 0),
    ] as [(Shape, Int)])
  func stack(_ shape: Shape, _ axis: Int) throws {
    let resolved = axis < 0 ? axis + shape.rank + 1 : axis
    let longer = Shape(shape.dimensions[..<resolved] + [1] + shape.dimensions[resolved...])
    try checkOperator(
      [Draw(shape), Draw(shape), Draw(shape)],
      reference: { .concatenated($0.map { $0.reshaped(to: longer) }, axis: resolved) },
      { .stacked($0, axis: axis) })
  }

  @Test(
    "Splitting undoes concatenation",
    arguments: [
      ([5, 3], 0, [2, 3]), ([5, 3], -1, [1, 1, 1]), ([2, 6, 3], 1, [1, 0, 5]),
      ([0, 4], 1, [3, 1]),
      ([3], 0, [3]), ([2, 4, 3, 2], 1, [1, 3]), ([2, 0], 1, [0, 0]),
    ] as [(Shape, Int, [Int])])
  func split(_ shape: Shape, _ axis: Int, _ sizes: [Int]) throws {
    let resolved = axis < 0 ? axis + shape.rank : axis
    for piece in sizes.indices {
      let first = sizes[..<piece].reduce(0, +)
      try checkOperator(
        [Draw(shape)],
        reference: { $0[0].taking(Array(first..<first + sizes[piece]), axis: resolved) },
        { $0[0].split(axis: axis, sizes: sizes)[piece] })
    }
    try checkOperator(
      [Draw(shape)], reference: { $0[0].mapped { $0 * $0 } },
      { .concatenated($0[0].squared().split(axis: axis, sizes: sizes), axis: axis) })
  }

  @Test("Equal pieces are as many as asked for")
  func equalPieces() throws {
    try checkOperator(
      [Draw([2, 6])], reference: { $0[0].taking([4, 5], axis: 1) },
      { $0[0].split(axis: 1, into: 3)[2] })
  }

  @Test("Axes of extent 1 come and go")
  func squeeze() throws {
    for axis in [0, 1, 2, -1] {
      try checkOperator(
        [Draw([2, 3])],
        reference: { x in
          var dimensions = x[0].shape.dimensions
          dimensions.insert(1, at: axis < 0 ? 2 : axis)
          return x[0].reshaped(to: Shape(dimensions))
        }, { $0[0].unsqueezed(axis: axis) })
      try checkOperator(
        [Draw([2, 3])], reference: { $0[0] },
        { $0[0].unsqueezed(axis: axis).squeezed(axis: axis) })
    }
  }
}

@Suite struct SlicingTests {
  @Test(
    "A slice takes places along one axis",
    arguments: [
      ([5, 3], 0, 1, 4, 1), ([2, 6], -1, 2, 5, 1), ([2, 5, 3], 1, 3, 5, 1),
      ([2, 4, 3, 2], 1, 0, 2, 1),
      ([3, 2], 0, 0, 3, 1), ([3, 2], 0, 2, 2, 1), ([0, 4], 1, 1, 3, 1), ([3, 7], 1, 1, 7, 2),
      ([7, 3], 0, 1, 7, 3), ([7], 0, 0, 7, 2), ([7], 0, 0, 6, 2), ([2, 9, 3], 1, 0, 9, 4),
      ([1], 0, 0, 1, 5),
      ([4, 3], 0, -3, -1, 1),
    ] as [(Shape, Int, Int, Int, Int)])
  func slice(_ shape: Shape, _ axis: Int, _ from: Int, _ to: Int, _ step: Int) throws {
    let extent = shape[axis]
    let places = Array(
      stride(from: from < 0 ? from + extent : from, to: to < 0 ? to + extent : to, by: step))
    try checkOperator(
      [Draw(shape)],
      reference: { $0[0].taking(places, axis: axis < 0 ? axis + shape.rank : axis) },
      { $0[0].slice(axis: axis, from: from, to: to, step: step) })
  }

  @Test("A box takes places along several axes")
  func box() throws {
    try checkOperator(
      [Draw([3, 4, 5])],
      reference: { $0[0].taking([1, 2], axis: 0).taking([2, 3, 4], axis: 2) },
      { $0[0].slice([1..<3, nil, 2..<5]) })
    try checkOperator([Draw([3, 4])], reference: { $0[0] }, { $0[0].slice([nil]) })
    try checkOperator(
      [Draw([6, 4])], reference: { $0[0].taking([5], axis: 0) }, { $0[0].slice(axis: 0, from: -1) })
  }

  @Test(
    "A reversal turns an axis around",
    arguments: [([4], 0), ([3, 4], 0), ([3, 4], -1), ([2, 3, 2], 1), ([0, 3], 1), ([1], 0)]
      as [(Shape, Int)])
  func reversal(_ shape: Shape, _ axis: Int) throws {
    let resolved = axis < 0 ? axis + shape.rank : axis
    try checkOperator(
      [Draw(shape)],
      reference: { $0[0].taking((0..<shape[resolved]).reversed(), axis: resolved) },
      { $0[0].reversed(axis: axis) })
  }

  /// The source place of each padded one; `nil` for the fixed number.
  private static func places(
    _ extent: Int, _ before: Int, _ after: Int, _ mode: PaddingMode
  ) -> [Int?] {
    (-before..<extent + after).map { place in
      if (0..<extent).contains(place) { return place }
      switch mode {
      case .constant: return nil
      case .reflect: return place < 0 ? -place : 2 * (extent - 1) - place
      case .replicate: return place < 0 ? 0 : extent - 1
      }
    }
  }

  private static func padded(
    _ x: DoubleArray, _ widths: [(before: Int, after: Int)], _ mode: PaddingMode
  ) -> DoubleArray {
    let sources = zip(x.shape.dimensions, widths).map { extent, width in
      places(extent, width.before, width.after, mode)
    }
    return DoubleArray(Shape(sources.map(\.count))) { place in
      let source = zip(place, sources).map { $1[$0] }
      guard source.allSatisfy({ $0 != nil }) else {
        if case .constant(let value) = mode { return Double(value) }
        return .nan
      }
      return x[source.compactMap { $0 }]
    }
  }

  struct Case: Sendable {
    let shape: Shape
    let widths: [(before: Int, after: Int)]
    init(_ shape: Shape, _ widths: [(before: Int, after: Int)]) {
      (self.shape, self.widths) = (shape, widths)
    }
  }

  @Test(
    "Padding surrounds a tensor with a number, its mirror image or its border",
    arguments: [
      Case([2, 3], [(0, 0), (1, 2)]), Case([2, 2, 3], [(0, 0), (1, 0), (0, 1)]),
      Case([2, 2, 3, 4], [(0, 0), (0, 0), (1, 1), (2, 1)]), Case([3, 3], [(1, 2), (0, 0)]),
      Case([0, 2, 3], [(0, 0), (1, 0), (0, 2)]), Case([4], [(3, 2)]), Case([4], [(0, 3)]),
      Case([2, 4, 3], [(1, 1), (2, 3), (2, 1)]), Case([2, 4], [(0, 0), (3, 3)]),
      Case([5, 3], [(4, 4), (2, 2)]),
    ], [.constant(0), .constant(-1.5), .reflect, .replicate] as [PaddingMode])
  func pad(_ given: Case, _ mode: PaddingMode) throws {
    try checkOperator(
      [Draw(given.shape)], reference: { Self.padded($0[0], given.widths, mode) },
      { $0[0].padded(given.widths, mode: mode) })
  }

  @Test("Widths for fewer axes mean the last, and none change nothing")
  func lastAxes() throws {
    try checkOperator(
      [Draw([2, 3])], reference: { Self.padded($0[0], [(0, 0), (1, 2)], .constant(0)) },
      { $0[0].padded([(1, 2)]) })
    let x = Tensor.input([2, 3])
    #expect(x.padded([(0, 0)]) == x)
    try checkOperator(
      [Draw([2, 1])], reference: { Self.padded($0[0], [(0, 0), (3, 2)], .replicate) },
      { $0[0].padded([(3, 2)], mode: .replicate) })
  }

  @Test("What was padded, sliced or reversed can be differentiated twice")
  func twice() throws {
    for body in [
      { $0.padded([(1, 2)], mode: .reflect) }, { $0.padded([(1, 2)], mode: .constant(3)) },
      { $0.slice(axis: 1, from: 1) }, { $0.reversed(axis: 0) },
    ] as [(Tensor) -> Tensor] {
      let x = Tensor(NDArray([1, 2, 3, 4, 5, 6, 7, 8], shape: [2, 4]))
      let slope = try #require(try gradients(of: body(x).squared().sum(), withRespectTo: [x])[0])
      let curvature = try #require(try gradients(of: slope.sum(), withRespectTo: [x])[0])
      let expected = try #require(try gradients(of: 2 * body(x).sum(), withRespectTo: [x])[0])
      #expect(try curvature.evaluated() == expected.evaluated())
    }
  }
}
