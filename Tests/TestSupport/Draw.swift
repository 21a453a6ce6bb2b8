public import Tensors

/// How one operand of a test is drawn.
public struct Draw: Sendable {
  /// What the numbers are.
  public enum Numbers: Sendable {
    /// Uniform in a range.
    case uniform(ClosedRange<Float>)
    /// Whole numbers of a range, each as likely as the others: for ties.
    case integers(ClosedRange<Int>)
  }

  /// The operand's extents.
  public let shape: Shape
  /// What its numbers are.
  public let numbers: Numbers

  /// Numbers uniform in a range.
  public init(_ shape: Shape, in range: ClosedRange<Float> = -2...2) {
    self.shape = shape
    numbers = .uniform(range)
  }

  /// Whole numbers of a range.
  public init(_ shape: Shape, integers range: ClosedRange<Int>) {
    self.shape = shape
    numbers = .integers(range)
  }

  /// Draws the operand.
  public func values(using random: inout RandomSource) -> NDArray {
    let scalars: [Float] = (0..<shape.count).map { _ in
      switch numbers {
      case .uniform(let range):
        range.lowerBound + (range.upperBound - range.lowerBound) * random.uniform()
      case .integers(let range): Float(Int.random(in: range, using: &random))
      }
    }
    return NDArray(scalars, shape: shape)
  }
}

extension NDArray {
  /// Numbers uniform in a range, the same for the same source.
  public static func uniform(
    _ shape: Shape, in range: ClosedRange<Float> = -1...1, using random: inout RandomSource
  ) -> NDArray {
    Draw(shape, in: range).values(using: &random)
  }
}
