import Foundation
import Tensors
import TestSupport
import Testing

/// An elementary function of the engine, the exact one, and the error allowed in units in the last place.
struct ElementaryFunction: Sendable, CustomTestStringConvertible {
  let name: String
  let limit: Double
  /// Where results come from; outside only the special values are asserted.
  let domain: ClosedRange<Float>
  let exact: @Sendable (Double) -> Double
  let record: @Sendable (Tensor) -> Tensor

  var testDescription: String { name }

  static let all: [ElementaryFunction] = [
    .init(name: "exp", limit: 2, domain: -200...200, exact: { exp($0) }, record: { $0.exp() }),
    .init(
      name: "log", limit: 2, domain: 0...Float.greatestFiniteMagnitude, exact: { log($0) },
      record: { $0.log() }),
    .init(
      name: "tanh", limit: 3, domain: -3e38...3e38, exact: { tanh($0) }, record: { $0.tanh() }),
    // Beyond -87 the reciprocal of an overflowing exponential is 0 where the exact value is subnormal.
    .init(
      name: "sigmoid", limit: 3, domain: -87...3e38, exact: { 1 / (1 + exp(-$0)) },
      record: { $0.sigmoid() }),
    .init(
      name: "softplus", limit: 3, domain: -3e38...3e38,
      exact: { max($0, 0) + log1p(exp(-abs($0))) }, record: { $0.softplus() }),
    .init(name: "erf", limit: 3, domain: -3e38...3e38, exact: { erf($0) }, record: { $0.erf() }),
    .init(
      name: "sqrt", limit: 0.5, domain: 0...Float.greatestFiniteMagnitude,
      exact: { $0.squareRoot() }, record: { $0.squareRoot() }),
    .init(
      name: "reciprocal", limit: 0.5, domain: -3e38...3e38, exact: { 1 / $0 },
      record: { $0.reciprocal() }),
  ]

  /// Functions whose values say nothing of huge arguments.
  static let periodic: [ElementaryFunction] = [
    .init(
      name: "sin", limit: 2, domain: -0x1p28...0x1p28, exact: { sin($0) }, record: { $0.sin() }),
    .init(
      name: "cos", limit: 2, domain: -0x1p28...0x1p28, exact: { cos($0) }, record: { $0.cos() }),
  ]
}

@Suite struct VectorMathTests {
  /// Magnitudes of every power of two, subnormal ones included, of both signs, and a dense band about 0.
  static let arguments: [Float] = {
    var random = RandomSource(seed: 11)
    var found: [Float] = []
    for _ in 0..<60_000 {
      let bits = UInt32(truncatingIfNeeded: random.next())
      let value = Float(bitPattern: bits)
      if value.isFinite { found.append(value) }
    }
    for _ in 0..<60_000 { found.append((2 * random.uniform() - 1) * 110) }
    for _ in 0..<30_000 { found.append((2 * random.uniform() - 1) * 4) }
    for _ in 0..<10_000 { found.append(1 + (2 * random.uniform() - 1) * 0.01) }
    return found
  }()

  @Test(
    "Elementary functions are exact to a few units in the last place",
    arguments: ElementaryFunction.all + ElementaryFunction.periodic)
  func accuracy(_ function: ElementaryFunction) throws {
    let arguments = Self.arguments.filter { function.domain.contains($0) }
    let x = Tensor(NDArray(arguments, shape: [arguments.count]))
    let values = try function.record(x).evaluated().scalars
    var worst = (distance: 0.0, argument: Float(0), value: Float(0))
    for (argument, value) in zip(arguments, values) {
      let distance = ulpDistance(value, function.exact(Double(argument)))
      if distance > worst.distance { worst = (distance, argument, value) }
    }
    #expect(
      worst.distance <= function.limit,
      "\(function.name)(\(worst.argument)) = \(worst.value), off by \(worst.distance) ulp")
    if ProcessInfo.processInfo.environment["LATENTZOO_PRINT_ULPS"] != nil {
      print("\(function.name): \(worst.distance) ulp at \(worst.argument)")
    }
  }

  @Test(
    "Elementary functions give the limits at infinities, zeros and subnormals, and keep NaN",
    arguments: ElementaryFunction.all)
  func specialValues(_ function: ElementaryFunction) throws {
    let tiny = Float.leastNonzeroMagnitude
    let arguments: [Float] = [
      0, -0.0, .infinity, -.infinity, .nan, tiny, -tiny, .leastNormalMagnitude,
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 88.7, 88.8, -103.9, -104.1, -87.3,
    ]
    let x = Tensor(NDArray(arguments, shape: [arguments.count]))
    let values = try function.record(x).evaluated().scalars
    for (argument, value) in zip(arguments, values) {
      let exact = function.exact(Double(argument))
      let isSubnormal = Float(exact).isSubnormal && function.name == "sigmoid"
      let distance = isSubnormal ? 0 : ulpDistance(value, exact)
      #expect(
        distance <= function.limit, "\(function.name)(\(argument)) = \(value), exact \(exact)")
    }
  }

  @Test(
    "Sine and cosine reach to the ends of their domain, and are NaN beyond it",
    arguments: ElementaryFunction.periodic)
  func endless(_ function: ElementaryFunction) throws {
    let known: [Float] = [0, -0.0, .leastNonzeroMagnitude, 0x1p28, -0x1p28]
    let unknown: [Float] = [0x1.000002p28, -.greatestFiniteMagnitude, .infinity, .nan]
    let x = Tensor(NDArray(known + unknown, shape: [known.count + unknown.count]))
    let values = try function.record(x).evaluated().scalars
    for (argument, value) in zip(known, values) {
      let exact = function.exact(Double(argument))
      #expect(ulpDistance(value, exact) <= function.limit, "\(argument)")
    }
    let areUnknown = values.suffix(unknown.count).allSatisfy(\.isNaN)
    #expect(areUnknown)
  }

  @Test("The sigmoid of a very negative number is 0 or close to it, never negative")
  func sigmoidTail() throws {
    let arguments = (0..<400).map { -87 - Float($0) / 10 }
    let x = Tensor(NDArray(arguments, shape: [arguments.count]))
    for value in try x.sigmoid().evaluated().scalars { #expect((0...2e-38).contains(value)) }
  }

  @Test("The softplus of a negative number is the exponential, not 0")
  func softplusTail() throws {
    let value = try Tensor(NDArray([-50], shape: [1])).softplus().evaluated().scalars[0]
    #expect(ulpDistance(value, log1p(exp(-50))) <= 3)
  }

  @Test("Functions grow where they should, from one float to the next")
  func monotony() throws {
    let start: Float = -20
    let arguments = (0..<40_000).map { start + Float($0) * 0.001 }
    let x = Tensor(NDArray(arguments, shape: [arguments.count]))
    for tensor in [x.exp(), x.sigmoid(), x.tanh(), x.softplus(), x.erf()] {
      let values = try tensor.evaluated().scalars
      for (below, above) in zip(values, values.dropFirst()) {
        #expect(above >= below - 2 * max(below.ulp, above.ulp))
      }
    }
  }
}
