import Tensors
import TestSupport
import Testing

@Suite struct ProductTests {
  /// Rows, inner extent and columns.
  static let sizes = [
    (1, 1, 1), (3, 4, 5), (1, 7, 3), (5, 1, 4), (7, 3, 1), (5, 17, 9), (0, 3, 4), (3, 0, 4),
    (3, 4, 0), (0, 0, 0), (2, 33, 3),
  ]

  struct Transposition: Sendable {
    let first: Bool
    let second: Bool
    let hasBias: Bool
    static let all = [false, true].flatMap { first in
      [false, true].flatMap { second in
        [false, true].map { Transposition(first: first, second: second, hasBias: $0) }
      }
    }
  }

  @Test(
    "A product agrees with the sum of products, transposed or not, with bias or without",
    arguments: Transposition.all, sizes)
  func product(_ form: Transposition, _ size: (Int, Int, Int)) throws {
    let (rows, inner, columns) = size
    var operands = [
      Draw(form.first ? [inner, rows] : [rows, inner]),
      Draw(form.second ? [columns, inner] : [inner, columns]),
    ]
    if form.hasBias { operands.append(Draw([columns])) }
    try checkOperator(
      operands, tolerance: 1e-5,
      reference: {
        .product(
          $0[0], $0[1], transposingFirst: form.first, transposingSecond: form.second,
          bias: form.hasBias ? $0[2] : nil)
      },
      {
        .product(
          $0[0], $0[1], transposingFirst: form.first, transposingSecond: form.second,
          bias: form.hasBias ? $0[2] : nil)
      })
  }

  @Test("Products wider than a block agree with the sum of products", arguments: Transposition.all)
  func largeProduct(_ form: Transposition) throws {
    var random = RandomSource(seed: 2)
    let a = NDArray.uniform(form.first ? [131, 70] : [70, 131], using: &random)
    let b = NDArray.uniform(form.second ? [65, 131] : [131, 65], using: &random)
    let bias = form.hasBias ? NDArray.uniform([65], using: &random) : nil
    let y = Tensor.product(
      Tensor(a), Tensor(b), transposingFirst: form.first, transposingSecond: form.second,
      bias: bias.map { Tensor($0) })
    let expected = DoubleArray.product(
      DoubleArray(a), DoubleArray(b), transposingFirst: form.first,
      transposingSecond: form.second, bias: bias.map { DoubleArray($0) })
    expectClose(try y.evaluated(), expected, tolerance: 1e-5)
  }

  @Test("A rectifier that the product applies itself agrees with one that stands alone")
  func rectified() throws {
    for inner in [0, 1, 6] {
      try checkOperator(
        [Draw([5, inner]), Draw([inner, 4]), Draw([4])], tolerance: 1e-5,
        reference: { DoubleArray.product($0[0], $0[1], bias: $0[2]).mapped { max($0, 0) } },
        { Tensor.product($0[0], $0[1], bias: $0[2]).relu() })
    }
  }

  @Test("A product that is read beside its rectifier keeps its own value")
  func rectifiedAndRead() throws {
    try checkOperator(
      [Draw([5, 3]), Draw([3, 4])], tolerance: 1e-5,
      reference: { DoubleArray.product($0[0], $0[1]).mapped { max($0, 0) + $0 } },
      {
        let y = Tensor.product($0[0], $0[1])
        return y.relu() + y
      })
    var random = RandomSource(seed: 4)
    let (a, b) = (
      NDArray.uniform([5, 3], using: &random), NDArray.uniform([3, 4], using: &random)
    )
    let y = Tensor.product(Tensor(a), Tensor(b))
    let both = try Tensor.evaluated([y.relu(), y])
    #expect(both[1].scalars.contains { $0 < 0 })
    #expect(both[0].scalars == both[1].scalars.map { max($0, 0) })
  }

  @Test("NaN goes through a product and its rectifier")
  func notANumber() throws {
    let a = Tensor(NDArray([.nan, 1, 2, 3], shape: [2, 2]))
    let b = Tensor(NDArray([1, 2, 3, 4], shape: [2, 2]))
    let product = Tensor.product(a, b)
    #expect(try product.evaluated().scalars[0].isNaN)
    let y = try product.relu().evaluated()
    #expect(y.scalars[2...] == [11, 16])
    withKnownIssue("oneDNN's rectifier after a product turns NaN into 0") {
      #expect(y.scalars[0].isNaN && y.scalars[1].isNaN)
    }
  }

  @Test("Views feed a product: a reshaped, expanded or transposed operand")
  func views() throws {
    try checkOperator(
      [Draw([2, 3, 4]), Draw([4]), Draw([5, 12])], tolerance: 1e-5,
      reference: {
        .product(
          DoubleArray.mapped([$0[0], $0[1]]) { $0[0] * $0[1] }.reshaped(to: [2, 12]),
          $0[2].transposed([1, 0]))
      },
      { .product(($0[0] * $0[1]).flattened(), $0[2].transposed()) })
    try checkOperator(
      [Draw([1, 3]), Draw([3, 2])], tolerance: 1e-5,
      reference: { .product($0[0].expanded(to: [4, 3]), $0[1]) },
      { .product($0[0].expanded(to: [4, 3]), $0[1]) })
  }
}
