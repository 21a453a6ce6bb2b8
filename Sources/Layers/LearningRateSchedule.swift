#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How the learning rate changes over a training.
public struct LearningRateSchedule: Codable, Hashable, Sendable {
  /// The course after the warm-up.
  public enum Course: String, Choice {
    /// The same rate throughout.
    case constant
    /// Down to 0 in a straight line.
    case linear
    /// Down to 0 along half a cosine (Loshchilov and Hutter 2017, https://arxiv.org/abs/1608.03983).
    case cosine
    /// Down by a steady factor to a hundredth.
    case exponential
  }

  /// The course after the warm-up.
  public var course: Course
  /// Steps in which the rate rises from 0 in a straight line.
  public var warmUpSteps: Int

  /// Makes a schedule.
  public init(_ course: Course = .constant, warmUpSteps: Int = 0) {
    self.course = course
    self.warmUpSteps = warmUpSteps
  }

  /// The factor of the learning rate at a step.
  ///
  /// - Parameters:
  ///   - step: counted from 0.
  ///   - total: steps in the whole training.
  /// - Returns: a factor in `[0, 1]`.
  public func factor(at step: Int, of total: Int) -> Double {
    if step < warmUpSteps { return Double(step + 1) / Double(warmUpSteps) }
    let remaining = max(total - warmUpSteps, 1)
    let progress = min(Double(step - warmUpSteps) / Double(remaining), 1)
    switch course {
    case .constant: return 1
    case .linear: return 1 - progress
    case .cosine: return (1 + cos(.pi * progress)) / 2
    case .exponential: return pow(0.01, progress)
    }
  }
}
