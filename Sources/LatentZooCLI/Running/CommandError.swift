/// What can go wrong in the command itself.
enum CommandError: Error, Hashable {
  /// Nobody reads the output any more.
  case streamClosed
  /// Output cannot be written.
  case streamUnwritable(name: String, reason: String)
  /// A file of arguments cannot be used.
  case responseFile(path: String, reason: String)
}

extension CommandError: CustomStringConvertible {
  var description: String {
    switch self {
    case .streamClosed: "nobody reads the output any more"
    case .streamUnwritable(let name, let reason):
      "\(name) cannot be written: \(reason); send it somewhere else"
    case .responseFile(let path, let reason):
      "the arguments in '\(path)' cannot be used: \(reason); an argument that begins with @ names a file"
    }
  }
}
