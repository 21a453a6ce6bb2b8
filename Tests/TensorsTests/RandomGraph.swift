import Foundation
import Tensors
import TestSupport

/// A random graph of operators beside its value in `Double`, for properties that hold of every graph.
///
/// Values are kept within a few units and decisions away from ties, so that float32 stays near the reference.
struct RandomGraph {
  /// What one step records, from earlier results.
  struct Step {
    let operands: [Int]
    let compute: ([DoubleArray]) -> DoubleArray
    let record: ([Tensor]) -> Tensor
  }

  /// Which operators a graph is made of.
  struct Vocabulary: OptionSet {
    let rawValue: Int
    static let elementwise = Vocabulary(rawValue: 1)
    static let sums = Vocabulary(rawValue: 2)
    static let products = Vocabulary(rawValue: 4)
    static let shaping = Vocabulary(rawValue: 8)
    /// Everything whose bits do not depend on the number of threads.
    static let reproducible: Vocabulary = [.elementwise, .sums, .shaping]
    static let all: Vocabulary = [.elementwise, .sums, .products, .shaping]
  }

  private(set) var inputs: [NDArray] = []
  private(set) var steps: [Step] = []
  /// The value of each input and step.
  private(set) var values: [DoubleArray] = []
  private var random: RandomSource

  init(_ vocabulary: Vocabulary, inputShapes: [Shape], stepCount: Int, seed: UInt64) {
    random = RandomSource(seed: seed)
    for shape in inputShapes {
      let input = NDArray.uniform(shape, in: -2...2, using: &random)
      inputs.append(input)
      values.append(DoubleArray(input))
    }
    while steps.count < stepCount { grow(vocabulary) }
  }

  /// Records the whole graph: the tensors of the inputs and steps.
  func record(_ inputs: [Tensor]) -> [Tensor] {
    var tensors = inputs
    for step in steps { tensors.append(step.record(step.operands.map { tensors[$0] })) }
    return tensors
  }

  /// The values of the whole graph for other inputs.
  func compute(_ inputs: [DoubleArray]) -> [DoubleArray] {
    var values = inputs
    for step in steps { values.append(step.compute(step.operands.map { values[$0] })) }
    return values
  }

  /// The steps that no other reads.
  var ends: [Int] {
    let read = Set(steps.flatMap(\.operands))
    return (inputs.count..<values.count).filter { !read.contains($0) }
  }

  /// A value's place; late ones are more likely, so that graphs grow long.
  private mutating func pick() -> Int {
    let count = values.count
    let recent = Bool.random(using: &random) ? min(count, 4) : count
    return count - 1 - Int.random(in: 0..<recent, using: &random)
  }

  private mutating func append(
    _ operands: [Int], _ compute: @escaping ([DoubleArray]) -> DoubleArray,
    _ record: @escaping ([Tensor]) -> Tensor
  ) {
    let size = compute(operands.map { values[$0] }).greatestMagnitude
    let factor = size > 3 ? Float(1 / size) : 1
    let scaled: ([DoubleArray]) -> DoubleArray = { inputs in
      compute(inputs).mapped { $0 * Double(factor) }
    }
    values.append(scaled(operands.map { values[$0] }))
    steps.append(
      Step(operands: operands, compute: scaled, record: { record($0) * Tensor(factor) }))
  }

  private mutating func grow(_ vocabulary: Vocabulary) {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<3 where vocabulary.contains(.elementwise): growUnary()
    case 3..<6 where vocabulary.contains(.elementwise): growBinary()
    case 6 where vocabulary.contains(.sums): growSum()
    case 7 where vocabulary.contains(.products): growProduct()
    case 8 where vocabulary.contains(.shaping): growShape()
    case 9 where vocabulary.contains(.elementwise): growChoice()
    default: break
    }
  }

  private mutating func growUnary() {
    let functions: [((Double) -> Double, (Tensor) -> Tensor)] = [
      ({ -$0 }, { -$0 }), ({ abs($0) }, { $0.absolute() }), ({ exp($0) }, { $0.exp() }),
      ({ tanh($0) }, { $0.tanh() }), ({ 1 / (1 + exp(-$0)) }, { $0.sigmoid() }),
      ({ log1p(exp($0)) }, { $0.softplus() }), ({ erf($0) }, { $0.erf() }),
      ({ max($0, 0) }, { $0.relu() }), ({ log(1 + $0 * $0) }, { (1 + $0.squared()).log() }),
      ({ (1 + $0 * $0).squareRoot() }, { (1 + $0 * $0).squareRoot() }),
      ({ 1 / (1 + abs($0)) }, { (1 + $0.absolute()).reciprocal() }),
    ]
    let (function, record) = functions[Int.random(in: 0..<functions.count, using: &random)]
    let x = pick()
    append([x], { $0[0].mapped(function) }, { record($0[0]) })
  }

  private mutating func growBinary() {
    let (a, b) = (pick(), pick())
    guard values[a].shape.broadcast(with: values[b].shape) != nil else { return }
    let functions: [((Double, Double) -> Double, (Tensor, Tensor) -> Tensor)] = [
      (+, +), (-, -), (*, *), ({ max($0, $1) }, { .maximum($0, $1) }),
      ({ min($0, $1) }, { .minimum($0, $1) }), ({ $0 / (1 + $1 * $1) }, { $0 / (1 + $1 * $1) }),
    ]
    let (function, record) = functions[Int.random(in: 0..<functions.count, using: &random)]
    append([a, b], { .mapped($0) { function($0[0], $0[1]) } }, { record($0[0], $0[1]) })
  }

  private mutating func growChoice() {
    let (x, a, b) = (pick(), pick(), pick())
    let bound: Float = 0.37
    guard values[x].values.allSatisfy({ abs($0 - Double(bound)) > 1e-3 }),
      let common = values[a].shape.broadcast(with: values[b].shape),
      common.broadcast(with: values[x].shape) != nil
    else { return }
    append(
      [x, a, b], { .mapped($0) { $0[0] > Double(bound) ? $0[1] : $0[2] } },
      { .where($0[0] > Tensor(bound), $0[1], $0[2]) })
  }

  private mutating func growSum() {
    let x = pick()
    let rank = values[x].shape.rank
    guard rank > 0 else { return }
    let first = Int.random(in: 0..<rank, using: &random)
    let end = Int.random(in: first + 1...rank, using: &random)
    append([x], { $0[0].sum(axes: first..<end) }, { $0[0].sum(axes: first..<end) })
  }

  private mutating func growProduct() {
    let (a, b) = (pick(), pick())
    let (left, right) = (values[a].shape, values[b].shape)
    guard left.rank == 2, right.rank == 2 else { return }
    for (first, second) in [(false, false), (false, true), (true, false), (true, true)]
    where left[first ? 0 : 1] == right[second ? 1 : 0] {
      append(
        [a, b],
        { .product($0[0], $0[1], transposingFirst: first, transposingSecond: second) },
        { .product($0[0], $0[1], transposingFirst: first, transposingSecond: second) })
      return
    }
  }

  private mutating func growShape() {
    let x = pick()
    let shape = values[x].shape
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      let order = random.permutation(shape.rank)
      append([x], { $0[0].transposed(order) }, { $0[0].transposed(order) })
    case 1:
      let target = Shape([shape.count])
      append([x], { $0[0].reshaped(to: target) }, { $0[0].reshaped(to: target) })
    default:
      guard shape.rank < 3 else { return }
      let target = Shape([2] + shape.dimensions)
      append([x], { $0[0].expanded(to: target) }, { $0[0].expanded(to: target) })
    }
  }
}
