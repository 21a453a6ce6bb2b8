/// Number of a value in a plan; several tensors share one when they are views of the same memory.
typealias ValueID = Int

/// Elements of a value that a worker's share of a kernel reads or writes.
struct Access {
  let value: ValueID
  let range: Range<Int>
  let isWrite: Bool

  static func read(_ value: ValueID, _ range: Range<Int>) -> Access {
    Access(value: value, range: range, isWrite: false)
  }

  static func write(_ value: ValueID, _ range: Range<Int>) -> Access {
    Access(value: value, range: range, isWrite: true)
  }
}

/// What a task finds when it runs.
struct Frame {
  /// The memory of each slot: the arena, then inputs, parameters and constants.
  let slots: UnsafeMutablePointer<UnsafeMutableRawPointer>
  /// Memory of this worker's own.
  let scratch: UnsafeMutableRawPointer
  let randomKey: UInt64
  let step: UInt64

  func floats(_ location: Location) -> UnsafeMutablePointer<Float> {
    (slots[location.slot] + location.offset).assumingMemoryBound(to: Float.self)
  }

  /// A part of the worker's own memory, `offset` bytes from its start.
  func scratchFloats(at offset: Int) -> UnsafeMutablePointer<Float> {
    (scratch + offset).assumingMemoryBound(to: Float.self)
  }
}

/// Where a value lies: a slot and a byte offset into it.
struct Location {
  let slot: Int
  let offset: Int

  func advanced(byElements count: Int) -> Location {
    Location(slot: slot, offset: offset + count * MemoryLayout<Float>.stride)
  }
}

/// One worker's share of a kernel, ready to run; gives a status: 0 when all went well, otherwise oneDNN's, or one of
/// ``KernelStatus``.
typealias Task = (Frame) -> Int32

/// What can go wrong in our own kernels, told apart from oneDNN's statuses by the sign.
enum KernelStatus {
  /// An index points outside of what it chooses from.
  static let indexOutOfRange: Int32 = -1
}

/// One step of a plan, cut into a share a worker.
///
/// Shares of the same kernel run side by side. The declared accesses are the contract: the schedule
/// puts a barrier between two kernels exactly where shares of different workers would meet.
protocol Kernel {
  /// For profiles and errors, such as `Gemm [64, 784] x [784, 400]`.
  var label: String { get }
  /// Whether it only changes parameters: such a kernel runs as soon as it may, its gradient still in the cache.
  var isUpdate: Bool { get }
  /// Whether it changes parameters, beside other things perhaps: a step that went wrong leaves it out.
  var changesParameters: Bool { get }
  /// Floating-point operations in products and convolutions, of all shares together; 0 where memory is what counts.
  var flopCount: Double { get }
  /// All that one worker's share touches; empty when it has nothing to do.
  func accesses(of worker: Int, in workers: Int) -> [Access]
  /// Makes one worker's share.
  func task(of worker: Int, in workers: Int, _ memory: MemoryMap) throws(TensorError) -> Task
}

extension Kernel {
  var isUpdate: Bool { false }
  var changesParameters: Bool { isUpdate }
  var flopCount: Double { 0 }
}

/// The part of `0..<count` that falls to one worker.
func share(of count: Int, worker: Int, in workers: Int) -> Range<Int> {
  count * worker / workers..<count * (worker + 1) / workers
}

extension Shape {
  /// The elements of the rows that fall to one worker; a single number falls to the first.
  func elements(of worker: Int, in workers: Int) -> Range<Int> {
    guard let rows = dimensions.first else { return worker == 0 ? 0..<1 : 0..<0 }
    let stride = dimensions.dropFirst().reduce(1, *)
    let mine = share(of: rows, worker: worker, in: workers)
    return mine.lowerBound * stride..<mine.upperBound * stride
  }
}

/// Tells kernels where values lie, and notes how much scratch memory they want.
final class MemoryMap {
  private let locations: [Location]
  private(set) var scratchBytes = 0

  init(_ locations: [Location]) {
    self.locations = locations
  }

  subscript(value: ValueID) -> Location { locations[value] }

  func wantScratch(bytes: Int) {
    scratchBytes = max(scratchBytes, bytes)
  }
}

/// Parts of a worker's scratch memory, one after the other, each aligned.
struct ScratchLayout {
  private(set) var byteCount = 0

  /// The offset of room for so many floats.
  mutating func take(_ count: Int) -> Int {
    defer {
      let bytes = count * MemoryLayout<Float>.stride
      byteCount += (bytes + Storage.alignment - 1) / Storage.alignment * Storage.alignment
    }
    return byteCount
  }
}
