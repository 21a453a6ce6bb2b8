/// Rows and columns of a picture, written `64x48`.
struct PixelSize: Hashable, Sendable {
  /// Rows in pixels, at least 1.
  let height: Int
  /// Columns in pixels, at least 1.
  let width: Int

  /// The most pixels that a picture may have.
  static let limit = InputLimit.pictureBytes / 3

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// Understands `64x48`, height first, or `64` for a square.
  ///
  /// - Throws: ``DatasetError/badOption(option:found:requirement:)``.
  init(parsing text: String) throws(DatasetError) {
    let fields = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    let numbers = fields.compactMap { Int($0) }.filter { (1...Self.limit).contains($0) }
    guard numbers.count == fields.count, numbers.count == 1 || numbers.count == 2,
      numbers[0] <= Self.limit / numbers[numbers.count - 1]
    else {
      throw .badOption(
        option: "size", found: text, requirement: "is height×width in pixels, such as 64x64")
    }
    (height, width) = (numbers[0], numbers[numbers.count - 1])
  }
}

extension PixelSize: CustomStringConvertible {
  /// As it is written in options: `64x48`.
  var description: String { "\(height)x\(width)" }
}
