import Foundation

/// What signals do to the process, whoever started it.
enum Signals {
  /// A closed pipe and a full file become errors of the write; Ctrl-C and `kill` are heard.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // A program that starts us from a thread of its own may hand its blocked signals down.
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    sigaddset(&set, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }
}
