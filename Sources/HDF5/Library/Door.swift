internal import CHDF5
import Synchronization

/// The one way into libhdf5: every call of this module passes here.
///
/// A call holds a process-wide lock, prints nothing, and has its status checked; a negative status
/// and the library's error stack become an `HDF5Error`. The lock is not recursive, so the closures
/// handed in make C calls and nothing else: no other call through the door, no release of a handle.
enum Door {
  /// The lock; its value says whether the library has been prepared.
  private static let library = Mutex(false)

  /// Makes one call and checks its status.
  ///
  /// - Parameters:
  ///   - name: Name of the C function, for the error.
  ///   - place: File and object the call is about, for the error.
  ///   - body: The call; its result is negative on failure.
  /// - Returns: The result, which is not negative.
  /// - Throws: `HDF5Error.diskFull` or `HDF5Error.library`.
  @discardableResult
  static func call<Status: SignedInteger & Sendable>(
    _ name: String, _ place: Place, _ body: () -> Status
  ) throws(HDF5Error) -> Status {
    do {
      return try attempt(body)
    } catch {
      throw HDF5Error(failure: error, call: name, place: place)
    }
  }

  /// Makes one call and leaves the failure to the caller, who knows more about it.
  ///
  /// - Throws: What HDF5 says.
  static func attempt<Status: SignedInteger & Sendable>(_ body: () -> Status) throws(Failure)
    -> Status
  {
    let outcome: Result<Status, Failure> = library.withLock { isPrepared in
      if !isPrepared {
        // After a file could not be written to the end, HDF5's own clearing up at exit would crash.
        _ = H5dont_atexit()
        // Filters are never loaded from shared libraries: opening a file runs no code it names.
        isPrepared = H5open() >= 0 && chdf5_silence() >= 0 && H5PLset_loading_state(0) >= 0
      }
      guard isPrepared, chdf5_silence() >= 0 else { return .failure(Failure.current()) }
      let status = body()
      return status < 0 ? .failure(Failure.current()) : .success(status)
    }
    return try outcome.get()
  }
}
