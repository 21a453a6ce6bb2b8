internal import CHDF5

/// What HDF5 says about a call that failed.
struct Failure: Error {
  /// The most telling words of the error stack.
  let reason: String
  /// The operating system's error number, if the stack mentions one.
  let errorNumber: Int32?

  /// Reads the calling thread's error stack, whose innermost entry tells most.
  ///
  /// To be called under the lock, right after the failing call.
  static func current() -> Failure {
    var entries: [String] = []
    withUnsafeMutablePointer(to: &entries) { entries in
      _ = chdf5_walk_errors(
        { _, entry, context in
          guard let text = entry?.pointee.desc, let context else { return 0 }
          context.assumingMemoryBound(to: [String].self).pointee.append(String(cString: text))
          return 0
        }, entries)
    }
    return Failure(entry: entries.first { !$0.isEmpty } ?? "no reason given")
  }

  /// Takes the operating system's words out of an entry such as
  /// `unable to open file: name = 'x', errno = 13, error message = 'Permission denied', …`.
  init(entry: String) {
    errorNumber = Failure.text(in: entry, after: "errno = ", before: ",").flatMap { Int32($0) }
    reason =
      Failure.text(in: entry, after: "error message = '", before: "'").map { String($0) } ?? entry
  }

  /// The text between two marks, or nil.
  static func text(in entry: String, after start: String, before end: String) -> Substring? {
    guard let opening = entry.firstRange(of: start) else { return nil }
    let rest = entry[opening.upperBound...]
    guard let closing = rest.firstRange(of: end) else { return rest }
    return rest[..<closing.lowerBound]
  }
}
