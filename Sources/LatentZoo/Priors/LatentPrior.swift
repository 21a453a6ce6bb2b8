/// Where codes come from when nothing was encoded: what a family trains its codes towards, and what it samples.
///
/// Each distribution is defined once, as part of a graph: an adversarial family trains on it, sampling draws from it,
/// and an evaluation compares codes with it.
public enum LatentPrior: Hashable, Sendable {
  /// Independent standard normal elements.
  case standardNormal
  /// Independent elements, uniform in `-radius..<radius`.
  case uniform(radius: Double)
  /// Normal distributions like petals around the origin of the plane.
  case gaussianMixture(PetalMixture)
  /// A spiral in the plane.
  case swissRoll(SwissRoll)
  /// The density fitted on the codes of the training data, a ``LatentDensity``.
  case fitted
  /// A style, and behind it a class as zeros with a 1: `[style | one-hot class]`.
  indirect case labelled(classCount: Int, style: LatentPrior)

  /// The number of classes that labels choose among, each as likely as the others; 0 where labels mean nothing.
  public var classCount: Int {
    switch self {
    case .standardNormal, .uniform, .fitted: 0
    case .gaussianMixture(let mixture): mixture.components
    case .swissRoll(let roll): roll.arcs
    case .labelled(let classCount, _): classCount
    }
  }

  /// Checks that codes of a size can be drawn.
  ///
  /// - Throws: ``ModelError/priorDoesNotFit(prior:size:reason:)`` or a ``ConfigurationError``.
  public func validate(size: Int) throws {
    switch self {
    case .standardNormal: break
    case .uniform(let radius): try UniformSettings(radius: radius).validate()
    case .gaussianMixture(let mixture):
      try mixture.validate()
      try require(size == 2, size, "it lies in the plane, use latentSize=2")
    case .swissRoll(let roll):
      try roll.validate()
      try require(size == 2, size, "it lies in the plane, use latentSize=2")
    case .fitted: try require(false, size, "it is known only once codes were fitted")
    case .labelled(let classCount, let style):
      try require(classCount > 0, size, "it has no classes")
      try require(size > classCount, size, "\(classCount) classes leave no room for a style")
      try style.validate(size: size - classCount)
    }
  }

  private func require(_ isMet: Bool, _ size: Int, _ reason: String) throws(ModelError) {
    if !isMet { throw .priorDoesNotFit(prior: kind.rawValue, size: size, reason: reason) }
  }

  /// Records the drawing of codes, anew at each run.
  ///
  /// - Parameters:
  ///   - count: number of codes.
  ///   - size: number of elements of a code.
  ///   - labels: the class of each, `[count]`; -1 for any; `nil` for any everywhere.
  ///   - pass: the recording it becomes part of.
  /// - Returns: `[count, size]`
  /// - Precondition: ``validate(size:)`` throws nothing.
  public func sample(
    _ count: Int, size: Int, labels: Tensor? = nil, using pass: inout Pass
  ) -> Tensor {
    switch self {
    case .standardNormal:
      return pass.normal([count, size])
    case .uniform(let radius):
      return (pass.uniform([count, size]) * 2 - 1) * Tensor(Float(radius))
    case .gaussianMixture(let mixture):
      return mixture.sample(count, labels: labels, using: &pass)
    case .swissRoll(let roll):
      return roll.sample(count, labels: labels, using: &pass)
    case .labelled(let classCount, let style):
      let classes = pass.classes(count, of: classCount, where: labels)
      let styles = style.sample(count, size: size - classCount, using: &pass)
      return .concatenated([styles, classes.oneHot(count: classCount)], axis: 1)
    case .fitted:
      preconditionFailure("a fitted density is no part of a graph; `validate(size:)` refuses it")
    }
  }

  /// Draws codes.
  ///
  /// - Parameters:
  ///   - count: number of codes.
  ///   - size: number of elements of a code.
  ///   - labels: the class of each, below ``classCount``; `nil` for any.
  ///   - seed: the same seed gives the same codes.
  ///   - engine: where it is computed.
  /// - Returns: `[count, size]`
  /// - Throws: as ``validate(size:)``, or a `TensorError`.
  public func codes(
    _ count: Int, size: Int, labels: [Int]? = nil, seed: UInt64, on engine: Engine = .shared
  ) throws -> NDArray {
    try validate(size: size)
    let classes = labels.map { Tensor(NDArray($0.map(Float.init), shape: [$0.count])) }
    var pass = Pass.evaluation(using: RandomSource(seed: 0).forked("prior"))
    let codes = sample(count, size: size, labels: classes, using: &pass)
    return try codes.evaluated(on: engine, seed: seed)
  }
}

extension Pass {
  /// Classes drawn anew at each run, each as likely as the others, except where they are given.
  ///
  /// - Parameter labels: `[count]`; -1 for any.
  /// - Returns: `[count]`, whole numbers in `0..<classCount`.
  mutating func classes(_ count: Int, of classCount: Int, where labels: Tensor?) -> Tensor {
    let places = uniform([count, 1]) * Tensor(Float(classCount))
    let bounds = (1..<max(classCount, 2)).map(Float.init)
    let drawn = (places >= Tensor(NDArray(bounds, shape: [1, bounds.count]))).sum(axes: [1])
    return labels.map { .where($0 < 0, drawn, $0) } ?? drawn
  }
}
