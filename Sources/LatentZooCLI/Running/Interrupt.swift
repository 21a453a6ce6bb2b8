import Foundation
import Synchronization

/// Ctrl-C as a question to be asked between two steps; a second one ends the process at once.
enum Interrupt {
  private static let received = Atomic<Int32>(0)

  /// Takes over SIGINT and SIGTERM, except where the process was started with them ignored.
  static func install() {
    received.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      let former = signal(number) { number in
        if Interrupt.received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
      }
      if unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  }

  /// The signal that asked to stop, `nil` where none did.
  static var signalNumber: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// The exit status of a process that was asked to stop, 130 after Ctrl-C.
  static var exitStatus: Int32? { signalNumber.map { 128 + $0 } }
}
