/// Finds the minimum of a smooth convex function by the limited-memory BFGS method (Liu and Nocedal 1989,
/// https://doi.org/10.1007/BF01589116), with steps halved until they descend enough.
struct LBFGS {
  /// How many steps the curvature is learned from.
  var memory = 10
  /// Steps at most.
  var limit = 300
  /// It ends where no slope is steeper, or where a step gains less than a hundredth of this share of the value.
  var tolerance = 1e-5

  /// A function's value and slopes at a point.
  typealias Function = ([Double]) throws -> (value: Double, gradient: [Double])

  /// The point where the function is least, as far as the steps go.
  func minimum(of function: Function, from start: [Double]) throws -> [Double] {
    var point = start
    var (value, gradient) = try function(point)
    var history: [Step] = []
    for _ in 0..<limit {
      guard gradient.contains(where: { abs($0) > tolerance }) else { break }
      let direction = Self.direction(gradient, history)
      let slope = Self.dot(direction, gradient)
      guard slope < 0 else { break }
      var length = history.isEmpty ? min(1, 1 / (-slope).squareRoot()) : 1
      var next = Self.moved(point, along: direction, by: length)
      var (nextValue, nextGradient) = try function(next)
      while nextValue > value + 1e-4 * length * slope, length > 1e-6 {
        length /= 2
        next = Self.moved(point, along: direction, by: length)
        (nextValue, nextGradient) = try function(next)
      }
      guard nextValue < value else { break }
      if let step = Step(from: (point, gradient), to: (next, nextGradient)) {
        history.append(step)
        if history.count > memory { history.removeFirst() }
      }
      let gain = value - nextValue
      (point, value, gradient) = (next, nextValue, nextGradient)
      if gain < tolerance / 100 * max(abs(value), 1e-3) { break }
    }
    return point
  }

  /// A step and how the slopes changed along it.
  private struct Step {
    let move: [Double]
    let change: [Double]
    let curvature: Double

    /// `nil` where the slopes tell nothing about the curvature.
    init?(
      from old: (point: [Double], gradient: [Double]), to new: (point: [Double], gradient: [Double])
    ) {
      move = LBFGS.moved(new.point, along: old.point, by: -1)
      change = LBFGS.moved(new.gradient, along: old.gradient, by: -1)
      curvature = LBFGS.dot(move, change)
      guard curvature > 1e-12 * LBFGS.dot(change, change) else { return nil }
    }
  }

  /// The way down: the slopes times an estimate of the inverse curvature, by the two-loop recursion.
  private static func direction(_ gradient: [Double], _ history: [Step]) -> [Double] {
    var direction = gradient.map { -$0 }
    var shares: [Double] = []
    for step in history.reversed() {
      let share = dot(step.move, direction) / step.curvature
      direction = moved(direction, along: step.change, by: -share)
      shares.append(share)
    }
    if let last = history.last {
      let scale = last.curvature / dot(last.change, last.change)
      for index in direction.indices { direction[index] *= scale }
    }
    for (step, share) in zip(history, shares.reversed()) {
      let correction = dot(step.change, direction) / step.curvature
      direction = moved(direction, along: step.move, by: share - correction)
    }
    return direction
  }

  private static func dot(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for index in first.indices { sum += first[index] * second[index] }
    return sum
  }

  private static func moved(
    _ point: [Double], along direction: [Double], by length: Double
  ) -> [Double] {
    var result = point
    for index in result.indices { result[index] += length * direction[index] }
    return result
  }
}
