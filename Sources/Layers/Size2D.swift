/// A height and a width: of a window, a stride, a padding.
///
/// A plain number stands for both: `kernelSize: 3`.
public struct Size2D: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// Along the columns of an image.
  public var height: Int
  /// Along the rows of an image.
  public var width: Int

  /// Different numbers for height and width.
  public init(_ height: Int, _ width: Int) {
    (self.height, self.width) = (height, width)
  }

  /// The same number for both.
  public init(_ both: Int) { self.init(both, both) }

  public init(integerLiteral value: Int) { self.init(value) }

  /// Height first, as shapes have it.
  public var dimensions: [Int] { [height, width] }
}
