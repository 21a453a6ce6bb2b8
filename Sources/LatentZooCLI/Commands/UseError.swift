/// What can be wrong with a wish to use a model that only shows once model and data are known.
enum UseError: Error, Hashable {
  /// A part was asked of a file, which has none.
  case partOfFile(path: String)
  /// More numbers than can be made at once.
  case tooManySamples(found: Int, limit: Int)
  /// More images than a picture shows.
  case tooManyImages(found: Int, limit: Int)
  /// An example beyond those there are.
  case noSuchExample(index: Int, count: Int)
}

extension UseError: CustomStringConvertible {
  var description: String {
    switch self {
    case .partOfFile(let path):
      "--part selects from a data source, but '\(path)' is a file: leave it out"
    case .tooManySamples(let found, let limit):
      "\(found) samples are too many at once: ask for at most \(limit), and for more with another "
        + "--seed"
    case .tooManyImages(let found, let limit):
      "a picture shows at most \(limit) images, not \(found): ask for fewer, or write .npy"
    case .noSuchExample(let index, let count):
      "there is no example \(index) among \(count): they are counted from 0 to \(count - 1)"
    }
  }
}
