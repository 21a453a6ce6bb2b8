import Tensors
import TestSupport
import Testing

@Suite struct IndexingTests {
  struct Case: Sendable {
    let source: Shape
    let indices: Shape
    let axis: Int
    init(_ source: Shape, _ indices: Shape, _ axis: Int) {
      (self.source, self.indices, self.axis) = (source, indices, axis)
    }

    var resolved: Int { axis < 0 ? axis + source.rank : axis }
    /// The source's shape with the indices' in place of the axis.
    var picked: Shape {
      let dimensions = source.dimensions
      return Shape(dimensions[..<resolved] + indices.dimensions + dimensions[(resolved + 1)...])
    }

    func drawnIndices() -> NDArray {
      var random = RandomSource(seed: 17)
      return Draw(indices, integers: 0...max(source[resolved] - 1, 0)).values(using: &random)
    }

    /// Where in the source an element of the picked tensor comes from.
    func origin(of place: [Int], _ indices: DoubleArray) -> [Int] {
      let end = resolved + indices.shape.rank
      return place[..<resolved] + [Int(indices[Array(place[resolved..<end])])] + place[end...]
    }
  }

  static let cases = [
    Case([5, 3], [4], 0), Case([5, 3], [2, 3], 0), Case([5], [3], 0), Case([5, 3], [], 0),
    Case([5], [], 0), Case([5, 3], [0], 0), Case([5, 3], [0, 2], 0), Case([1, 3], [2], 0),
    Case([5, 0], [2], 0), Case([5, 2, 3], [2, 2], 0), Case([2, 4], [5], 1), Case([2, 4], [5], -1),
    Case([2, 3, 2], [2, 2], 1), Case([2, 3, 4], [3], -1), Case([0, 3], [2], 1),
    Case([3, 4, 2], [], 1), Case([12, 5], [20], 0),
  ]

  @Test("Gathering picks places along an axis", arguments: cases)
  func gather(_ given: Case) throws {
    let indices = given.drawnIndices()
    let exact = DoubleArray(indices)
    try checkOperator(
      [Draw(given.source)],
      reference: { x in
        DoubleArray(given.picked) { x[0][given.origin(of: $0, exact)] }
      },
      { $0[0].gathered(at: Tensor(indices), axis: given.axis) })
  }

  @Test("Scattering adds slices to the places that indices name", arguments: cases)
  func scatter(_ given: Case) throws {
    let indices = given.drawnIndices()
    let exact = DoubleArray(indices)
    try checkOperator(
      [Draw(given.picked)],
      reference: { x in
        var sums: [[Int]: Double] = [:]
        _ = DoubleArray(given.picked) { place in
          sums[given.origin(of: place, exact), default: 0] += x[0][place]
          return 0
        }
        return DoubleArray(given.source) { sums[$0] ?? 0 }
      },
      {
        $0[0].scatterAdded(
          at: Tensor(indices), axis: given.resolved, count: given.source[given.resolved])
      })
  }

  @Test("A fixed place is picked like any other and gets no gradient, nor a gradient's gradient")
  func fixedIndex() throws {
    let table = Tensor(NDArray([1, 2, 3, 4, 5, 6], shape: [3, 2]))
    let indices = Tensor(NDArray([1, 0, 1, 2], shape: [4]))
    let rows = table.gathered(at: indices, fixedIndex: 1)
    let slope = try #require(try gradients(of: rows.squared().sum(), withRespectTo: [table])[0])
    #expect(try rows.evaluated().scalars == [3, 4, 1, 2, 3, 4, 5, 6])
    #expect(try slope.evaluated().scalars == [2, 4, 0, 0, 10, 12])
    let curvature = try #require(try gradients(of: slope.sum(), withRespectTo: [table])[0])
    #expect(try curvature.evaluated().scalars == [2, 2, 0, 0, 2, 2])
  }

  @Test(
    "Whole numbers become rows of zeros with a one",
    arguments: [[], [1], [5], [2, 3], [0, 3]] as [Shape])
  func oneHot(_ shape: Shape) throws {
    var random = RandomSource(seed: 5)
    let indices = Draw(shape, integers: 0...3).values(using: &random)
    let exact = DoubleArray(indices)
    let found = try Tensor(indices).oneHot(count: 4).evaluated()
    expectClose(
      found,
      DoubleArray(Shape(shape.dimensions + [4])) {
        Int(exact[Array($0.dropLast())]) == $0[$0.count - 1] ? 1 : 0
      })
  }

  @Test(
    "An index that is no whole number in range stops the run",
    arguments: [4, -1, 0.5, .nan, .infinity, -.infinity, 3e9] as [Float])
  func outOfRange(_ index: Float) throws {
    let x = Tensor(NDArray(repeating: 1, shape: [4, 4]))
    let indices = Tensor(NDArray([0, 3, index, 1], shape: [4]))
    let cases: [(Tensor, String)] = [
      (x.gathered(at: indices), "Gather [4] of [1, 4, 4]"),
      (x.gathered(at: indices, axis: 1), "Gather [4] of [4, 4, 1]"),
      (x.scatterAdded(at: indices, count: 4), "ScatterND 4 rows to [1, 4, 4]"),
      (x.scatterAdded(at: indices, axis: 1, count: 4), "ScatterND 4 rows to [4, 4, 1]"),
      (indices.oneHot(count: 4), "OneHot [4] of 4"),
    ]
    for threads in 1...3 {
      let engine = try Engine(threadCount: threads)
      for (tensor, name) in cases {
        let error = #expect(throws: TensorError.self) { try tensor.evaluated(on: engine) }
        #expect(
          error?.description
            == "\(name) was given an index that is not a whole number in range; "
            + "check the labels or tokens of the data")
      }
    }
  }

  @Test("Any number of threads gives the same bits")
  func sameBits() throws {
    var random = RandomSource(seed: 8)
    let x = Tensor(NDArray.uniform([500, 37], using: &random))
    let indices = Tensor(Draw([500], integers: 0...40).values(using: &random))
    let logits = Tensor(NDArray.uniform([41, 1300], in: -9...9, using: &random))
    let labels = Tensor(Draw([41], integers: 0...1299).values(using: &random))
    let loss = Tensor.softmaxCrossEntropy(logits: logits, labels: labels, labelSmoothing: 0.1)
    let slope = try #require(try gradients(of: loss.sum(), withRespectTo: [logits])[0])
    let tensors = [
      x.scatterAdded(at: indices, count: 41),
      x.scatterAdded(at: indices, count: 41).softmax(axis: 0),
      x.gathered(at: indices), logits.logSoftmax(), x.maximum(axes: [0]), x.product(axes: [0]),
      x.argMax(axis: 0), x.minimum(axes: [0, 1]), loss, slope, x.logSumExp(axes: [1]),
      .concatenated([x, x.squared()], axis: 1), x.padded([(2, 1), (3, 3)], mode: .reflect),
    ]
    let results = try (1...3).map {
      try Tensor.evaluated(tensors, on: Engine(threadCount: $0)).map(\.bits)
    }
    #expect(results[1] == results[0] && results[2] == results[0])
  }
}
