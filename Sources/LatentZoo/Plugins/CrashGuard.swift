import Foundation

/// Names the plugin that ends the process while it is being loaded, by a crash or by leaving, and marks it so that it is left out
/// next time.
enum CrashGuard {
  // What a signal handler may look at: plain memory, made beforehand.
  nonisolated(unsafe) private static var message: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) private static var messageLength = 0
  nonisolated(unsafe) private static var mark: UnsafeMutablePointer<CChar>?

  private static let signals = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]

  /// Where the handler runs: an endless recursion has used up the usual stack.
  private static let ownStack: Void = {
    var stack = stack_t()
    stack.ss_size = 1 << 16
    stack.ss_sp = .allocate(byteCount: 1 << 16, alignment: 16)
    sigaltstack(&stack, nil)
  }()

  /// Calls of `exit` are told like crashes.
  private static let atLeaving: Void = {
    atexit { if CrashGuard.message != nil { CrashGuard.report() } }
  }()

  private static func report() -> Never {
    if let mark { close(open(mark, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)) }
    if let message { write(2, message, messageLength) }
    _exit(1)
  }

  /// Runs `body`; where it crashes, says so on standard error, makes the file `mark`, and ends the process with status 1.
  static func run(_ body: () -> Void, saying text: String, marking mark: String) {
    message = strdup(text)
    messageLength = strlen(text)
    self.mark = strdup(mark)
    var action = sigaction()
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = { _ in CrashGuard.report() }
    #else
      action.__sigaction_handler.sa_handler = { _ in CrashGuard.report() }
    #endif
    action.sa_flags = numericCast(SA_ONSTACK)
    _ = (ownStack, atLeaving)
    let former = signals.map { signal in
      var old = sigaction()
      sigaction(signal, &action, &old)
      return old
    }
    body()
    for (signal, old) in zip(signals, former) {
      var old = old
      sigaction(signal, &old, nil)
    }
    free(message)
    free(self.mark)
    message = nil
    self.mark = nil
  }
}
