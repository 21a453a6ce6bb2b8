extension LatentPrior: CustomStringConvertible {
  /// The distribution in words.
  public var description: String {
    switch self {
    case .standardNormal: "standard normal"
    case .uniform(let radius): "uniform from \(Float(-radius)) to \(Float(radius))"
    case .gaussianMixture(let mixture):
      "mixture of \(mixture.components) normal distributions around the origin of the plane"
    case .swissRoll(let roll): "Swiss roll of \(Float(roll.turns)) turns in the plane"
    case .fitted: "fitted density"
    case .labelled(let classCount, let style): "one of \(classCount) classes, and a style: \(style)"
    }
  }
}
