import Foundation
import Synchronization

/// Keeps other processes from writing a model while one does: for the length of a training, or of a save.
///
/// The lock is the system's on a file `.NAME.lock` beside the model, which holds the owner's process id. The system lets
/// go of it however the owner ends, so a lock file left behind by a killed process is taken over. Readers need no lock,
/// for a model's file is replaced as a whole.
///
/// Locks of one process do not exclude each other: a training holds one, and so does each of its saves.
public final class ZooLock {
  private let path: String
  private var isHeld = true

  /// Lock files that this process holds, and how often.
  private static let held = Mutex<[String: (descriptor: Int32, count: Int)]>([:])

  /// Locks the name of a model's file.
  ///
  /// - Parameter model: path of the model's file, which need not exist.
  /// - Throws: ``ZooError/locked(path:process:)`` where another process writes it, or
  ///   ``CheckpointError/unwritable(file:reason:)``.
  public init(for model: String) throws {
    let folder = (model as NSString).deletingLastPathComponent
    let name = (model as NSString).lastPathComponent
    let stem = name.hasSuffix(".h5") ? String(name.dropLast(3)) : name
    let place = URL(fileURLWithPath: folder.isEmpty ? "." : folder).standardizedFileURL.path
    let path = "\(place)/.\(stem).lock"
    self.path = path
    try Self.held.withLock { held in
      if let (descriptor, count) = held[path] {
        held[path] = (descriptor, count + 1)
      } else {
        held[path] = (try Self.acquire(path, for: model), 1)
      }
    }
  }

  deinit { release() }

  /// Lets go of the lock and removes its file; a second call does nothing.
  public func release() {
    guard isHeld else { return }
    isHeld = false
    Self.held.withLock { held in
      guard let (descriptor, count) = held[path] else { return }
      held[path] = count > 1 ? (descriptor, count - 1) : nil
      guard count == 1 else { return }
      // Removed while locked: whoever waits for this file finds another under its name and begins anew.
      unlink(path)
      close(descriptor)
    }
  }

  /// Opens and locks the file; again where its owner has removed it in between.
  private static func acquire(_ path: String, for model: String) throws -> Int32 {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else { throw unwritable(model) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let reason = errno
        let owner = process(in: descriptor)
        close(descriptor)
        guard reason == EWOULDBLOCK else {
          throw CheckpointError.unwritable(
            file: model, reason: String(cString: strerror(reason)))
        }
        throw ZooError.locked(path: model, process: owner)
      }
      if isStillNamed(path, descriptor) {
        let text = "\(getpid())\n"
        guard ftruncate(descriptor, 0) == 0, write(descriptor, text, text.utf8.count) > 0 else {
          let error = unwritable(model)
          unlink(path)
          close(descriptor)
          throw error
        }
        return descriptor
      }
      close(descriptor)
    }
  }

  private static func isStillNamed(_ path: String, _ descriptor: Int32) -> Bool {
    var (opened, named) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }

  /// The process that a lock file names; `nil` where it names none yet.
  private static func process(in descriptor: Int32) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let digits = bytes.prefix(max(count, 0)).prefix { $0 != UInt8(ascii: "\n") }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private static func unwritable(_ model: String) -> CheckpointError {
    .unwritable(file: model, reason: String(cString: strerror(errno)))
  }
}
