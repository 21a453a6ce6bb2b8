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
  /// One file is named where several are made.
  case severalFiles(path: String, parts: [String])
  /// The name of a file to write ends otherwise than files of its format do.
  case wrongEnding(path: String, expected: String)
  /// There is a file, and it was not asked to be replaced.
  case fileExists(path: String)
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
    case .severalFiles(let path, let parts):
      "\(path) is one file, and \(parts.joined(separator: " and ")) make one each: name a folder, "
        + "or choose with --part"
    case .wrongEnding(let path, let expected):
      "\(path) does not end in \(expected): name such a file, or a folder with a slash at its end"
    case .fileExists(let path):
      "there is a file \(path) already: choose another --out, or replace it with --force"
    }
  }
}
