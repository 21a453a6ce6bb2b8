import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ExtremeTests {
  struct Case: Sendable {
    let shape: Shape
    let axes: [Int]
    init(_ shape: Shape, _ axes: [Int]) { (self.shape, self.axes) = (shape, axes) }
    var resolved: [Int] { axes.map { $0 < 0 ? $0 + shape.rank : $0 } }
  }

  static let cases = [
    Case([6], [0]), Case([1], [0]), Case([4, 5], [1]), Case([4, 3], [0]), Case([3, 4], [0, 1]),
    Case([2, 3, 4], [-2]), Case([2, 3, 4], [2, 0]), Case([2, 3, 2, 4], [1, 3]),
    Case([3, 1, 2], [1]),
    Case([0, 3], [1]), Case([3, 0], [0]), Case([2, 70], [1]), Case([1, 129], [-1]),
    Case([40, 2], [0]),
    Case([2, 3], []), Case([2, 3, 3, 5], [2, 3]),
  ]

  /// A function of the elements that share all places but those of the given axes.
  private static func reduced(
    _ x: DoubleArray, _ given: Case, keeping: Bool, _ function: ([Double]) -> Double
  ) -> DoubleArray {
    var groups: [[Int]: [Double]] = [:]
    _ = DoubleArray(x.shape) { place in
      var group = place
      for axis in given.resolved { group[axis] = 0 }
      groups[group, default: []].append(x[place])
      return 0
    }
    var kept = x.shape.dimensions
    for axis in given.resolved { kept[axis] = 1 }
    let result = DoubleArray(Shape(kept)) { function(groups[$0] ?? []) }
    let left = x.shape.dimensions.indices.filter { !given.resolved.contains($0) }
    return keeping ? result : result.reshaped(to: Shape(left.map { x.shape[$0] }))
  }

  @Test(
    "The greatest, the least, the product, the variance over any axes agree with plain loops",
    arguments: cases, [false, true])
  func folds(_ given: Case, _ keeping: Bool) throws {
    let axes = given.axes
    let operations: [([Double]) -> Double] = [
      { $0.max() ?? .nan }, { $0.min() ?? .nan }, { $0.reduce(1, *) },
      { log($0.reduce(0) { $0 + exp($1) }) },
      { x in
        let mean = x.reduce(0, +) / Double(x.count)
        return x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
      },
    ]
    let records: [(Tensor) -> Tensor] = [
      { $0.maximum(axes: axes, keepingDimensions: keeping) },
      { $0.minimum(axes: axes, keepingDimensions: keeping) },
      { $0.product(axes: axes, keepingDimensions: keeping) },
      { $0.logSumExp(axes: axes, keepingDimensions: keeping) },
      { $0.variance(axes: axes, keepingDimensions: keeping) },
    ]
    for (operation, record) in zip(operations, records) {
      try checkOperator(
        [Draw(given.shape, in: 0.5...1.5)], tolerance: 1e-5,
        reference: { Self.reduced($0[0], given, keeping: keeping, operation) }, { record($0[0]) })
    }
  }

  @Test("The gradient of an extreme is shared equally among equals")
  func ties() throws {
    let x = Tensor(NDArray([1, 3, 3, 2, 5, 5, 5, 5], shape: [2, 4]))
    let slope = try #require(try gradients(of: x.maximum(axes: [1]).sum(), withRespectTo: [x])[0])
    #expect(try slope.evaluated().scalars == [0, 0.5, 0.5, 0, 0.25, 0.25, 0.25, 0.25])
  }

  @Test("The slope of a product is right beside zeros, and over nothing it is 1")
  func zeros() throws {
    let x = Tensor(NDArray([2, 0, 3, 0, 0, 3, 2, 4, 3], shape: [3, 3]))
    let slope = try #require(try gradients(of: x.product(axes: [1]).sum(), withRespectTo: [x])[0])
    #expect(try slope.evaluated().scalars == [0, 6, 0, 0, 0, 0, 12, 6, 8])
    #expect(
      try Tensor(NDArray([], shape: [0, 2])).product(axes: [0]).evaluated().scalars == [1, 1])
  }

  @Test("The place of an extreme is the first among equals", arguments: cases)
  func places(_ given: Case) throws {
    guard let axis = given.axes.first, given.shape[axis] > 0 else { return }
    let one = Case(given.shape, [axis])
    var random = RandomSource(seed: 3)
    let x = Draw(given.shape, integers: -3...3).values(using: &random)
    for keeping in [false, true] {
      let found = try Tensor.evaluated([
        Tensor(x).argMax(axis: axis, keepingDimensions: keeping),
        Tensor(x).argMin(axis: axis, keepingDimensions: keeping),
      ])
      let greatest = Self.reduced(DoubleArray(x), one, keeping: keeping) { values in
        values.max().flatMap { values.firstIndex(of: $0) }.map(Double.init) ?? .nan
      }
      let least = Self.reduced(DoubleArray(x), one, keeping: keeping) { values in
        values.min().flatMap { values.firstIndex(of: $0) }.map(Double.init) ?? .nan
      }
      expectClose(found[0], greatest)
      expectClose(found[1], least)
    }
  }

  @Test("NaN counts as the greatest and the least", arguments: [3, 200])
  func nan(_ length: Int) throws {
    for place in [0, 1, length - 1] {
      var x = NDArray(repeating: 1, shape: [length, 1])
      x.scalars[place] = .nan
      for tensor in [Tensor(x), Tensor.concatenated([Tensor(x), Tensor(x)], axis: 1)] {
        for shaped in [tensor, tensor.transposed()] {
          let axis = shaped.shape[0] == length ? 0 : 1
          let found = try Tensor.evaluated([
            shaped.maximum(axes: [axis]), shaped.minimum(axes: [axis]), shaped.argMax(axis: axis),
            shaped.argMin(axis: axis),
          ])
          #expect(found[0].scalars.allSatisfy(\.isNaN) && found[1].scalars.allSatisfy(\.isNaN))
          #expect((found[2].scalars + found[3].scalars).allSatisfy { $0 == Float(place) })
        }
      }
    }
  }

  @Test(
    "The logarithm of a sum of exponentials is finite for any finite numbers, and takes infinities")
  func largeNumbers() throws {
    let infinity = Float.infinity
    let x = Tensor(
      NDArray(
        [1e30, 0, -1e30, -1e30, -infinity, -infinity, infinity, 0, -infinity, 0], shape: [5, 2]))
    let y = x.logSumExp(axes: [1])
    #expect(try y.evaluated().scalars == [1e30, -1e30, -infinity, infinity, 0])
  }

  @Test("Over no elements there is no extreme, and no place of one")
  func nothing() throws {
    let x = Tensor(NDArray([], shape: [0, 2]))
    #expect(
      x.maximum(axes: [0]).fault?.description
        == "ReduceMax of [0, 2]: over no elements there is none")
    #expect(
      x.argMin(axis: 0).fault?.description == "ArgMin of [0, 2]: over no elements there is none")
  }
}

@Suite struct SoftmaxTests {
  private static func reference(_ x: DoubleArray, _ axis: Int, isLog: Bool) -> DoubleArray {
    var (greatest, sums): ([[Int]: Double], [[Int]: Double]) = ([:], [:])
    func group(_ place: [Int]) -> [Int] {
      var place = place
      place[axis] = 0
      return place
    }
    _ = DoubleArray(x.shape) {
      greatest[group($0)] = max(greatest[group($0)] ?? -.infinity, x[$0])
      return 0
    }
    _ = DoubleArray(x.shape) {
      sums[group($0), default: 0] += exp(x[$0] - (greatest[group($0)] ?? 0))
      return 0
    }
    return DoubleArray(x.shape) { place in
      let logarithm = x[place] - (greatest[group(place)] ?? 0) - log(sums[group(place)] ?? 1)
      return isLog ? logarithm : exp(logarithm)
    }
  }

  @Test(
    "Softmax and its logarithm agree with plain loops along any axis",
    arguments: [
      ([5], 0), ([1], 0), ([4, 5], -1), ([4, 3], 0), ([2, 5, 3], 1), ([2, 3, 6], 2),
      ([2, 3, 2, 4], -3), ([0, 4], 1), ([3, 0], 1), ([3, 0], 0), ([1, 1], 1), ([1, 130], 1),
    ] as [(Shape, Int)])
  func softmax(_ shape: Shape, _ axis: Int) throws {
    let resolved = axis < 0 ? axis + shape.rank : axis
    try checkOperator(
      [Draw(shape)], reference: { Self.reference($0[0], resolved, isLog: false) },
      { $0[0].softmax(axis: axis) })
    // Slopes of hundreds of elements add up to more than those of one.
    try checkOperator(
      [Draw(shape)], tolerance: 1e-5, reference: { Self.reference($0[0], resolved, isLog: true) },
      { $0[0].logSoftmax(axis: axis) })
  }

  @Test(
    "Long axes agree with softmax composed of other operators",
    arguments: [([2, 3, 600], 1), ([3, 1500], 1), ([2, 1024], 1), ([700, 3], 0), ([5001], 0)]
      as [(Shape, Int)])
  func longAxes(_ shape: Shape, _ axis: Int) throws {
    var random = RandomSource(seed: 2)
    let x = Tensor(NDArray.uniform(shape, in: -9...9, using: &random))
    let weights = Tensor(NDArray.uniform(shape, using: &random))
    let logarithm = x - x.logSumExp(axes: [axis], keepingDimensions: true)
    let results = [x.softmax(axis: axis), x.logSoftmax(axis: axis), logarithm.exp(), logarithm]
    let slopes = try results.map {
      try #require(try gradients(of: ($0 * weights).sum(), withRespectTo: [x])[0])
    }
    let values = try Tensor.evaluated(results + slopes)
    for number in [0, 1, 4, 5] {
      expectClose(values[number], DoubleArray(values[number + 2]), tolerance: 5e-6)
    }
  }

  @Test("Large logits leave no NaN; an impossible class has the probability 0")
  func largeLogits() throws {
    let x = Tensor(NDArray([1e30, -1e30, 0, 300, 299, -.infinity], shape: [2, 3]))
    let y = try Tensor.evaluated([x.softmax(), x.logSoftmax()])
    #expect(y[0].scalars[..<3] == [1, 0, 0])
    #expect(y[0].scalars[5] == 0 && y[1].scalars[5] == -.infinity)
    expectClose(y[0].scalars[3], 1 / (1 + exp(-1)))
  }

  @Test("The slopes of softmax and its logarithm have slopes themselves", arguments: [false, true])
  func twice(_ isLog: Bool) throws {
    let body = { (x: Tensor) in isLog ? x.logSoftmax() : x.softmax() }
    try checkOperator(
      [Draw([3, 4]), Draw([3, 4])], tolerance: 1e-5,
      reference: { x in
        let p = Self.reference(x[0], 1, isLog: false)
        let g = x[1]
        let products = isLog ? g : DoubleArray.mapped([p, g]) { $0[0] * $0[1] }
        let total = products.sum(axes: 1..<2).reshaped(to: [3, 1])
        return .mapped([p, g, total]) {
          isLog ? $0[1] - $0[0] * $0[2] : $0[0] * ($0[1] - $0[2])
        }
      },
      { x in
        let slopes = try? gradients(of: (body(x[0]) * x[1]).sum(), withRespectTo: [x[0]])
        return slopes?[0] ?? x[0]
      })
  }

  @Test("An axis that is none is reported")
  func faults() throws {
    let x = Tensor(NDArray(repeating: 0, shape: [2, 3]))
    #expect(x.softmax(axis: 2).fault?.description == "Softmax of [2, 3]: there is no axis 2")
    #expect(
      x.logSoftmax(axis: -3).fault?.description == "LogSoftmax of [2, 3]: there is no axis -1")
  }
}
