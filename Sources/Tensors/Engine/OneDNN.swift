internal import COneDNN

/// The door to oneDNN: every call is checked here.
enum OneDNN {
  /// The library's release, such as "2.6.3".
  static var version: String {
    guard let version = dnnl_version()?.pointee else { return "unknown" }
    return "\(version.major).\(version.minor).\(version.patch)"
  }

  /// What is being done, for errors.
  struct Purpose {
    let operation: String
    let shapes: [Shape]
  }

  /// Turns a status other than success into an error.
  static func check(
    _ status: dnnl_status_t, _ call: String, _ purpose: Purpose
  ) throws(TensorError) {
    guard status == dnnl_success else {
      throw .engineRefused(
        call: call, status: Int(status.rawValue), operation: purpose.operation, layer: nil,
        shapes: purpose.shapes)
    }
  }

  /// The processor as oneDNN's engine; NULL where the library cannot make one, which every later call refuses.
  static let processor = ProcessorEngine()
}

/// Owns oneDNN's engine for the processor, which has no state and serves all threads.
final class ProcessorEngine: Sendable {
  nonisolated(unsafe) let handle: dnnl_engine_t?  // never changed after init; oneDNN locks inside

  init() {
    var made: dnnl_engine_t?
    handle = dnnl_engine_create(&made, dnnl_cpu, 0) == dnnl_success ? made : nil
  }
}

/// Owns what one worker needs to run one primitive: primitive, stream and memory objects.
///
/// Not re-entrant; each worker has its own, made while OpenMP is held to one thread.
final class Primitive {
  /// An argument: which one, and where its memory lies at each run.
  struct Argument {
    /// Memory of a value, or bytes into the worker's scratch memory.
    enum Place {
      case value(Location)
      case scratch(Int)
    }

    let index: Int32
    let place: Place

    init(index: Int32, location: Location) {
      (self.index, place) = (index, .value(location))
    }

    init(index: Int32, scratchOffset: Int) {
      (self.index, place) = (index, .scratch(scratchOffset))
    }
  }

  private let purpose: OneDNN.Purpose
  private var primitive: dnnl_primitive_t?
  private var stream: dnnl_stream_t?
  private var memories: [dnnl_memory_t?] = []
  private var places: [Argument.Place] = []
  private let arguments: UnsafeMutableBufferPointer<dnnl_exec_arg_t>
  private var scratchMemory: dnnl_memory_t?
  private let scratchOffset: Int
  /// Scratch memory the primitive wants, bytes.
  private(set) var scratchBytes = 0

  /// Makes a primitive from its description.
  ///
  /// - Parameters:
  ///   - arguments: each with the layout of its memory.
  ///   - scratchOffset: where its own scratch memory begins in the worker's, bytes.
  init(
    _ description: PrimitiveDescription, arguments wanted: [(Argument, dnnl_memory_desc_t)],
    scratchOffset: Int = 0, _ purpose: OneDNN.Purpose
  ) throws(TensorError) {
    self.purpose = purpose
    self.scratchOffset = scratchOffset
    arguments = .allocate(capacity: wanted.count + 1)
    arguments.initialize(repeating: dnnl_exec_arg_t(arg: 0, memory: nil))
    try OneDNN.check(
      dnnl_primitive_create(&primitive, description.handle), "dnnl_primitive_create", purpose)
    try OneDNN.check(
      dnnl_stream_create(
        &stream, OneDNN.processor.handle, UInt32(dnnl_stream_default_flags.rawValue)),
      "dnnl_stream_create", purpose)
    for (argument, layout) in wanted {
      let memory = try makeMemory(layout)
      arguments[memories.count] = dnnl_exec_arg_t(arg: argument.index, memory: memory)
      memories.append(memory)
      places.append(argument.place)
    }
    if let layout = description.layout(dnnl_query_scratchpad_md) {
      scratchBytes = OneDNN.byteCount(layout)
      if scratchBytes > 0 {
        scratchMemory = try makeMemory(layout)
        arguments[memories.count] = dnnl_exec_arg_t(
          arg: lz_argument_scratchpad, memory: scratchMemory)
      }
    }
  }

  deinit {
    for memory in memories { dnnl_memory_destroy(memory) }
    if let scratchMemory { dnnl_memory_destroy(scratchMemory) }
    if let stream { dnnl_stream_destroy(stream) }
    if let primitive { dnnl_primitive_destroy(primitive) }
    arguments.deallocate()
  }

  private func makeMemory(_ layout: dnnl_memory_desc_t) throws(TensorError) -> dnnl_memory_t? {
    var layout = layout
    var memory: dnnl_memory_t?
    try OneDNN.check(
      dnnl_memory_create(&memory, &layout, OneDNN.processor.handle, nil),
      "dnnl_memory_create", purpose)
    return memory
  }

  /// Runs the primitive on the memory of a frame; 0 when it went well.
  func run(_ frame: Frame) -> Int32 {
    for index in memories.indices {
      let address =
        switch places[index] {
        case .value(let location): frame.slots[location.slot] + location.offset
        case .scratch(let offset): frame.scratch + offset
        }
      dnnl_memory_set_data_handle(memories[index], address)
    }
    if let scratchMemory {
      dnnl_memory_set_data_handle(scratchMemory, frame.scratch + scratchOffset)
    }
    let count = Int32(memories.count + (scratchMemory == nil ? 0 : 1))
    return Int32(
      bitPattern: dnnl_primitive_execute(primitive, stream, count, arguments.baseAddress).rawValue)
  }
}
