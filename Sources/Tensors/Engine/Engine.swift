internal import CKernels
import Synchronization

/// The processor's workers: a team of threads that runs plans, one at a time.
///
/// Safe to use from any thread; runs queue up.
public final class Engine: Sendable {
  /// An engine with all processors this process may use.
  ///
  /// A machine that cannot start threads gives an engine that works on the calling thread alone.
  public static let shared = Engine(teamOf: Engine.availableProcessors)

  /// Number of threads that share the work, the calling one included.
  public let threadCount: Int
  fileprivate let team: Team
  fileprivate let turn = Mutex(())

  /// Makes an engine with a team of its own.
  ///
  /// - Throws: ``TensorError/threadsUnavailable(count:)``.
  public init(threadCount: Int) throws(TensorError) {
    guard threadCount >= 1, threadCount <= 1024, let made = Team(threadCount) else {
      throw .threadsUnavailable(count: threadCount)
    }
    self.threadCount = threadCount
    team = made
  }

  private init(teamOf wanted: Int) {
    let made = Team(wanted)
    threadCount = made == nil ? 1 : wanted
    team = made ?? Team()
  }

  /// Number of processors this process may use.
  public static var availableProcessors: Int { Int(lz_processor_count()) }

  /// Memory of this machine, bytes.
  public static var physicalMemory: Int { Int(lz_physical_memory()) }

  /// The widest vector instructions the kernels use here, such as "AVX-512".
  public static var vectorLevel: String { String(cString: lz_vector_level()) }

  /// The oneDNN release in use, such as "2.6.3".
  public static var oneDNNVersion: String { OneDNN.version }

  /// Calls `body` with OpenMP held to this thread, so that oneDNN makes primitives for one worker.
  static func makingPrimitives<Result>(
    _ body: () throws(TensorError) -> Result
  ) throws(TensorError) -> Result {
    let former = lz_limit_openmp(1)
    defer { if former > 0 { _ = lz_limit_openmp(former) } }
    return try body()
  }
}

/// Owns the threads. Without a handle the calling thread is the whole team.
private final class Team: Sendable {
  nonisolated(unsafe) let handle: OpaquePointer?  // never changed; the engine takes turns

  init() { handle = nil }

  init?(_ count: Int) {
    guard let made = lz_team_create(Int32(count)) else { return nil }
    handle = made
  }

  deinit { if let handle { lz_team_destroy(handle) } }
}

/// Work in phases, each with a part for every worker, that an engine runs again and again.
///
/// Any worker may run any part, but only one at a time.
final class EngineJob {
  private let engine: Engine
  private let job: OpaquePointer
  private var body: ((_ phase: Int, _ part: Int) -> Void)?

  /// - Throws: ``TensorError/outOfMemory(bytes:largest:)``.
  init(phases: Int, parts: Int, on engine: Engine) throws(TensorError) {
    guard let made = lz_job_create(Int32(phases), Int32(parts)) else {
      throw .outOfMemory(bytes: phases * parts * 8, largest: "the workers' phases")
    }
    (self.engine, job) = (engine, made)
  }

  deinit { lz_job_destroy(engine.team.handle, job) }

  /// Calls `body` once for each part of each phase; a phase begins when the one before it is done.
  func run(_ body: (_ phase: Int, _ part: Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      self.body = body
      engine.turn.withLock { _ in
        lz_team_run(
          engine.team.handle, job,
          { context, phase, part in
            guard let context else { return }
            let job = Unmanaged<EngineJob>.fromOpaque(context).takeUnretainedValue()
            job.body?(Int(phase), Int(part))
          }, Unmanaged.passUnretained(self).toOpaque())
      }
      self.body = nil
    }
  }
}
