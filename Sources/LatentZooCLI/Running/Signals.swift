import Foundation

/// Signals that would end the process where an error can be reported instead.
enum Signals {
  /// A closed pipe and a full file become errors of the write.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
