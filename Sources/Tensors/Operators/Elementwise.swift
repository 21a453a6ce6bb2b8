/// Operators that work on each element by itself, operands broadcast as in NumPy.
///
/// The raw value is the ONNX name. Comparisons give 1 and 0. A chain of these runs as one kernel.
enum Elementwise: String, Operator {
  case negate = "Neg"
  case absolute = "Abs"
  case exponential = "Exp"
  case logarithm = "Log"
  case squareRoot = "Sqrt"
  case reciprocal = "Reciprocal"
  case sigmoid = "Sigmoid"
  case tanh = "Tanh"
  case softplus = "Softplus"
  case errorFunction = "Erf"
  case sine = "Sin"
  case cosine = "Cos"
  case relu = "Relu"
  case sign = "Sign"
  case add = "Add"
  case subtract = "Sub"
  case multiply = "Mul"
  case divide = "Div"
  case maximum = "Max"
  case minimum = "Min"
  case greater = "Greater"
  case less = "Less"
  case equal = "Equal"
  case greaterOrEqual = "GreaterOrEqual"
  case lessOrEqual = "LessOrEqual"
  case not = "Not"
  case and = "And"
  case or = "Or"
  case power = "Pow"
  case select = "Where"

  var name: String { rawValue }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    var result = inputs[0]
    for shape in inputs.dropFirst() {
      guard let common = result.broadcast(with: shape) else {
        throw ShapeFault(reason: "their extents are neither equal nor 1")
      }
      result = common
    }
    return [result]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let upstream = upstream[0] else { return [] }
    let raw = derivatives(node.inputs, Tensor(node: node), upstream)
    return zip(node.inputs, raw).map { input, gradient in gradient?.summed(to: input.shape) }
  }

  /// The chain rule for each input: inputs, output `y`, gradient `g` of the output.
  private func derivatives(_ inputs: [Tensor], _ y: Tensor, _ g: Tensor) -> [Tensor?] {
    let x = inputs[0]
    switch self {
    case .negate: return [-g]
    case .absolute: return [g * x.sign()]
    case .exponential: return [g * y]
    case .logarithm: return [g / x]
    case .squareRoot: return [g * 0.5 / y]
    case .reciprocal: return [-g * y * y]
    case .sigmoid: return [g * y * (1 - y)]
    case .tanh: return [g * (1 - y * y)]
    case .softplus: return [g * x.sigmoid()]
    case .errorFunction: return [g * Tensor(1.128_379_2) * (-x * x).exp()]
    case .sine: return [g * x.cos()]
    case .cosine: return [-g * x.sin()]
    case .relu: return [Tensor.where(y > 0, g, 0)]
    case .sign, .greater, .less, .equal, .greaterOrEqual, .lessOrEqual, .not, .and, .or:
      return inputs.map { _ in nil }
    case .power:
      let exponent = inputs[1]
      return [g * exponent * Tensor(Elementwise.power, x, exponent - 1), g * y * x.log()]
    case .add: return [g, g]
    case .subtract: return [g, -g]
    case .multiply: return [g * inputs[1], g * x]
    case .divide: return [g / inputs[1], -g * y / inputs[1]]
    case .maximum: return shares(g, x > inputs[1], x, inputs[1])
    case .minimum: return shares(g, x < inputs[1], x, inputs[1])
    case .select: return [nil, Tensor.where(x, g, 0), Tensor.where(x, 0, g)]
    }
  }

  /// The gradient of a choice between two: to the chosen one, halved on a tie (as PyTorch does).
  private func shares(_ g: Tensor, _ first: Tensor, _ x: Tensor, _ y: Tensor) -> [Tensor?] {
    let share = first + 0.5 * x.equal(to: y)
    return [g * share, g * (1 - share)]
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    try plan.addElementwise(node)
  }

  func export(_ node: Node, into graph: inout GraphWriter) {
    let takesTruth: [Bool]
    switch self {
    case .not, .and, .or: takesTruth = node.inputs.map { _ in true }
    case .select: takesTruth = [true, false, false]
    default: takesTruth = node.inputs.map { _ in false }
    }
    let operands = zip(node.inputs, takesTruth).map { input, takesTruth in
      takesTruth ? graph.value(input, as: .bool, in: node) : graph.name(of: input)
    }
    let result = graph.emit(name, operands, in: node)
    switch self {
    case .greater, .less, .equal, .greaterOrEqual, .lessOrEqual, .not, .and, .or:
      graph.define(node, asCastOf: result, .bool)
    default: graph.define(node, as: result)
    }
  }
}

extension Tensor {
  /// Records a binary operator, skipping what changes nothing.
  private static func binary(_ operation: Elementwise, _ a: Tensor, _ b: Tensor) -> Tensor {
    if operation == .multiply || operation == .divide, b.constantScalar == 1, b.shape.rank == 0 {
      return a
    }
    if operation == .multiply, a.constantScalar == 1, a.shape.rank == 0 { return b }
    // One of them keeps its shape: with both as they were before, the result would be too small.
    let first = a.withoutExpansion(beside: b.shape)
    return Tensor(operation, first, b.withoutExpansion(beside: first.shape))
  }

  /// The tensor as it was before an expansion to `shape`, which broadcasting does anyhow.
  private func withoutExpansion(beside shape: Shape) -> Tensor {
    node.operation is Expand && fault == nil && self.shape == shape ? node.inputs[0] : self
  }

  /// The sum, element by element.
  public static func + (a: Tensor, b: Tensor) -> Tensor { binary(.add, a, b) }
  /// The difference, element by element.
  public static func - (a: Tensor, b: Tensor) -> Tensor { binary(.subtract, a, b) }
  /// The product, element by element.
  public static func * (a: Tensor, b: Tensor) -> Tensor { binary(.multiply, a, b) }
  /// The quotient, element by element.
  public static func / (a: Tensor, b: Tensor) -> Tensor { binary(.divide, a, b) }
  /// `-x`
  public static prefix func - (x: Tensor) -> Tensor { Tensor(Elementwise.negate, x) }

  /// 1 where `a` is greater than `b`, otherwise 0.
  public static func > (a: Tensor, b: Tensor) -> Tensor { binary(.greater, a, b) }
  /// 1 where `a` is less than `b`, otherwise 0.
  public static func < (a: Tensor, b: Tensor) -> Tensor { binary(.less, a, b) }
  /// 1 where both are equal, otherwise 0.
  public func equal(to other: Tensor) -> Tensor { Tensor.binary(.equal, self, other) }
  /// 1 where `a` is at least `b`, otherwise 0.
  public static func >= (a: Tensor, b: Tensor) -> Tensor { binary(.greaterOrEqual, a, b) }
  /// 1 where `a` is at most `b`, otherwise 0.
  public static func <= (a: Tensor, b: Tensor) -> Tensor { binary(.lessOrEqual, a, b) }
  /// 0 where both are equal, otherwise 1.
  public func notEqual(to other: Tensor) -> Tensor { equal(to: other).not() }
  /// 1 where `x` is 0, otherwise 0.
  public func not() -> Tensor { Tensor(Elementwise.not, self) }
  /// 1 where both are not 0, otherwise 0.
  public func and(_ other: Tensor) -> Tensor { Tensor.binary(.and, self, other) }
  /// 1 where one or both are not 0, otherwise 0.
  public func or(_ other: Tensor) -> Tensor { Tensor.binary(.or, self, other) }
  /// `a` where the condition is not 0, otherwise `b`.
  public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(Elementwise.select, condition, a, b)
  }
  /// The greater of both, element by element.
  public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { binary(.maximum, a, b) }
  /// The lesser of both, element by element.
  public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { binary(.minimum, a, b) }

  /// `|x|`
  public func absolute() -> Tensor { Tensor(Elementwise.absolute, self) }
  /// `exp(x)`
  public func exp() -> Tensor { Tensor(Elementwise.exponential, self) }
  /// The natural logarithm of `x`.
  public func log() -> Tensor { Tensor(Elementwise.logarithm, self) }
  /// `√x`
  public func squareRoot() -> Tensor { Tensor(Elementwise.squareRoot, self) }
  /// `1 / x`
  public func reciprocal() -> Tensor { Tensor(Elementwise.reciprocal, self) }
  /// `1 / (1 + exp(-x))`
  public func sigmoid() -> Tensor { Tensor(Elementwise.sigmoid, self) }
  /// The hyperbolic tangent of `x`.
  public func tanh() -> Tensor { Tensor(Elementwise.tanh, self) }
  /// `log(1 + exp(x))`, without overflow.
  public func softplus() -> Tensor { Tensor(Elementwise.softplus, self) }
  /// The error function of `x`.
  public func erf() -> Tensor { Tensor(Elementwise.errorFunction, self) }
  /// The sine of `x` radians; NaN beyond ±2²⁸, where one float is many turns from the next.
  public func sin() -> Tensor { Tensor(Elementwise.sine, self) }
  /// The cosine of `x` radians; NaN beyond ±2²⁸, where one float is many turns from the next.
  public func cos() -> Tensor { Tensor(Elementwise.cosine, self) }
  /// `max(x, 0)`
  public func relu() -> Tensor { Tensor(Elementwise.relu, self) }
  /// -1, 0 or 1.
  public func sign() -> Tensor { Tensor(Elementwise.sign, self) }
}
