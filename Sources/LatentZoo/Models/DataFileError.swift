/// What can be wrong with files that a model's data is read from or written to.
public enum DataFileError: Error, Hashable, Sendable {
  /// Examples are no images of 1 or 3 channels.
  case notDrawable(path: String, shape: DataShape, alternatives: [String])
  /// Codes were to be written to or read from a picture.
  case codesAsPicture(path: String, alternatives: [String])
  /// A model's checkpoint would be replaced by numbers.
  case replacesModel(path: String)
  /// The numbers have another shape than the model's data or codes; `N` stands for any number of rows.
  case wrongShape(path: String, expected: [String], found: [Int])
}

extension DataFileError: CustomStringConvertible {
  /// One sentence with a way out.
  public var description: String {
    switch self {
    case .notDrawable(let path, let shape, let alternatives):
      return "'\(path)' is a picture, but examples of shape \(shape) are no images: use a file "
        + "ending in \(Self.list(alternatives))"
    case .codesAsPicture(let path, let alternatives):
      return "'\(path)' is a picture, but codes are numbers: use a file ending in "
        + Self.list(alternatives)
    case .replacesModel(let path):
      return "'\(path)' is a model, which would be lost: write to another file"
    case .wrongShape(let path, let expected, let found):
      return "'\(path)' holds numbers of shape \(Shape(found)) where the model takes "
        + "[\(expected.joined(separator: ", "))]: reshape them or use another model"
    }
  }

  private static func list(_ endings: [String]) -> String {
    endings.map { ".\($0)" }.joined(separator: " or ")
  }
}
