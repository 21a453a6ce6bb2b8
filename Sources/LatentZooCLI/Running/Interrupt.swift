import Foundation
import Synchronization

/// Ctrl-C as a question to be asked between two steps; a second one ends the process at once.
///
/// Signals are taken by a thread of their own. A handler would run on whatever thread it finds, and write to the
/// stack below that thread, where oneDNN 2.6 seems to keep data: one Ctrl-C in 500 corrupted the heap.
enum Interrupt {
  private static let received = Atomic<Int32>(0)
  private static let isHeld = Atomic<Bool>(false)

  /// Starts to listen for SIGINT and SIGTERM, except where the process was started with them ignored.
  ///
  /// Call it before any other thread is started: those inherit that the signals are blocked.
  static func listen() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      let former = signal(number, SIG_DFL)
      if unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      } else {
        sigaddset(&signals, number)
      }
    }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let awaited = signals
    Thread {
      var signals = awaited
      var number: Int32 = 0
      while sigwait(&signals, &number) == 0 { take(number) }
    }.start()
  }

  /// From now on the first signal is kept for the asking; until now it ended the process.
  static func hold() { isHeld.store(true, ordering: .relaxed) }

  /// The signal that asked to stop, `nil` where none did.
  static var signalNumber: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// The exit status of a process that was asked to stop, 130 after Ctrl-C.
  static var exitStatus: Int32? { signalNumber.map { 128 + $0 } }

  private static func take(_ number: Int32) {
    if isHeld.load(ordering: .relaxed), received.exchange(number, ordering: .relaxed) == 0 {
      return
    }
    _exit(128 + number)
  }
}
