import Foundation

/// The softmax of a few numbers in double precision.
enum Softmax {
  /// `exp(x) / Σ exp(x)`
  static func probabilities(_ logits: [Double]) -> [Double] {
    let greatest = logits.max() ?? 0
    let powers = logits.map { exp($0 - greatest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The logarithm of one of ``probabilities(_:)``.
  static func logProbability(of index: Int, _ logits: [Double]) -> Double {
    let greatest = logits.max() ?? 0
    return logits[index] - greatest - log(logits.reduce(0) { $0 + exp($1 - greatest) })
  }
}
