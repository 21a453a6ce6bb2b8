import Foundation

/// One of the process's standard streams, and what is known about the terminal behind it.
struct Terminal: Sendable {
  /// Results go here.
  static let output = Terminal(descriptor: STDOUT_FILENO, name: "standard output")
  /// Messages, progress and errors go here.
  static let messages = Terminal(descriptor: STDERR_FILENO, name: "standard error")

  let descriptor: Int32
  let name: String
  /// Whether a person looks at it.
  let isTerminal: Bool

  private init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    isTerminal = isatty(descriptor) == 1
  }

  /// Characters in a line, 80 where nobody says.
  var width: Int {
    var size = winsize()
    if isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
    return columns.map { max($0, 20) } ?? 80
  }

  /// Whether colours and cursor movements may be used by default.
  var hasColours: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal && environment["TERM"] != "dumb"
      && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Writes text as a whole.
  ///
  /// - Throws: ``CommandError/streamClosed`` where nobody reads any more, or
  ///   ``CommandError/streamUnwritable(name:reason:)``.
  func write(_ text: String) throws(CommandError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        throw .streamClosed
      } else if errno != EINTR && errno != EAGAIN {
        throw .streamUnwritable(name: name, reason: String(cString: strerror(errno)))
      }
    }
  }
}

/// The system's `write`, which the method of that name hides.
private func systemWrite(_ descriptor: Int32, _ source: UnsafeRawPointer?, _ count: Int) -> Int {
  guard let source else { return 0 }
  return write(descriptor, source, count)
}
