import Foundation

/// The outline of a generated figure, upright and centred at the origin, as a signed distance.
enum Figure: Int, CaseIterable, Sendable {
  case square, ellipse, heart

  /// The name, which is also the name of the class.
  var name: String {
    switch self {
    case .square: "square"
    case .ellipse: "ellipse"
    case .heart: "heart"
    }
  }

  /// How far from the origin a figure of size 1 reaches at most.
  static let reach = 2.0.squareRoot()

  /// Distance of a point to the outline of a figure of size 1, negative inside: exact for square and heart,
  /// close to the outline for the ellipse.
  ///
  /// - Parameters:
  ///   - x: to the right.
  ///   - y: upwards.
  func distance(x: Double, y: Double) -> Double {
    switch self {
    case .square:
      let (dx, dy) = (abs(x) - 1, abs(y) - 1)
      let outside = (max(dx, 0) * max(dx, 0) + max(dy, 0) * max(dy, 0)).squareRoot()
      return outside + min(max(dx, dy), 0)
    case .ellipse:
      // The value of the implicit equation over the length of its gradient.
      let (a, b) = (1.2, 0.72)
      let value = (x * x / (a * a) + y * y / (b * b)).squareRoot()
      let slope = (x * x / (a * a * a * a) + y * y / (b * b * b * b)).squareRoot()
      return slope == 0 ? -b : value * (value - 1) / slope
    case .heart:
      return Self.heartDistance(x: x / 2, y: (y + 1.1) / 2) * 2
    }
  }

  /// Distance to a heart with its tip at the origin, 1.1 high: two half circles on a square that stands on
  /// a corner.
  private static func heartDistance(x: Double, y: Double) -> Double {
    let x = abs(x)
    if x + y > 1 {
      return hypot(x - 0.25, y - 0.75) - 2.0.squareRoot() / 4
    }
    let foot = 0.5 * max(x + y, 0)
    let distance = min(hypot(x, y - 1), hypot(x - foot, y - foot))
    return x > y ? distance : -distance
  }
}
