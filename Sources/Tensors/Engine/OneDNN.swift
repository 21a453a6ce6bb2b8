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
        call: call, status: Int(status.rawValue), operation: purpose.operation,
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
    let index: Int32
    let location: Location
  }

  private let purpose: OneDNN.Purpose
  private var primitive: dnnl_primitive_t?
  private var stream: dnnl_stream_t?
  private var memories: [dnnl_memory_t?] = []
  private var locations: [Location] = []
  private let arguments: UnsafeMutableBufferPointer<dnnl_exec_arg_t>
  private var scratchMemory: dnnl_memory_t?
  private let scratchOffset: Int
  /// Scratch memory the primitive wants, bytes, `scratchOffset` included.
  private(set) var scratchBytes: Int

  /// Makes a primitive from its description, which the caller keeps.
  ///
  /// - Parameters:
  ///   - arguments: each with the layout of its memory.
  ///   - scratchOffset: bytes at the start of the scratch memory that are not the primitive's.
  init(
    _ description: dnnl_primitive_desc_t, arguments wanted: [(Argument, dnnl_memory_desc_t)],
    scratchOffset: Int = 0, _ purpose: OneDNN.Purpose
  ) throws(TensorError) {
    self.purpose = purpose
    self.scratchOffset = scratchOffset
    scratchBytes = scratchOffset
    arguments = .allocate(capacity: wanted.count + 1)
    arguments.initialize(repeating: dnnl_exec_arg_t(arg: 0, memory: nil))
    try OneDNN.check(
      dnnl_primitive_create(&primitive, description), "dnnl_primitive_create", purpose)
    try OneDNN.check(
      dnnl_stream_create(
        &stream, OneDNN.processor.handle, UInt32(dnnl_stream_default_flags.rawValue)),
      "dnnl_stream_create", purpose)
    for (argument, layout) in wanted {
      let memory = try makeMemory(layout)
      arguments[memories.count] = dnnl_exec_arg_t(arg: argument.index, memory: memory)
      memories.append(memory)
      locations.append(argument.location)
    }
    if let layout = dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0) {
      scratchBytes += dnnl_memory_desc_get_size(layout)
      if scratchBytes > scratchOffset {
        scratchMemory = try makeMemory(layout.pointee)
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
      dnnl_memory_set_data_handle(memories[index], frame.floats(locations[index]))
    }
    if let scratchMemory {
      dnnl_memory_set_data_handle(scratchMemory, frame.scratch + scratchOffset)
    }
    let count = Int32(memories.count + (scratchMemory == nil ? 0 : 1))
    return Int32(
      bitPattern: dnnl_primitive_execute(primitive, stream, count, arguments.baseAddress).rawValue)
  }
}
