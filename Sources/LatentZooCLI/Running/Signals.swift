import Foundation

/// What signals do to the process, whoever started it.
enum Signals {
  /// A closed pipe and a full file become errors of the write; Ctrl-C and `kill` are listened for.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    Interrupt.listen()
  }
}
