internal import COneDNN

/// A matrix product with bias and rectifier, shared out by rows of the result.
struct ProductKernel: Kernel {
  /// A factor as it lies in memory: `shape[0]` rows of `shape[1]`.
  struct Factor {
    let value: ValueID
    let shape: Shape
    var isTransposed = false
  }

  let a: Factor
  let b: Factor
  var bias: ValueID?
  let result: ValueID
  var hasRelu = false

  private var rows: Int { a.shape[a.isTransposed ? 1 : 0] }
  private var columns: Int { b.shape[b.isTransposed ? 0 : 1] }
  private var inner: Int { a.shape[a.isTransposed ? 0 : 1] }

  var label: String { "Gemm \(a.shape) x \(b.shape)\(hasRelu ? "+Relu" : "")" }
  var flopCount: Double { 2 * Double(rows) * Double(columns) * Double(inner) }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = share(of: rows, worker: worker, in: workers)
    guard !mine.isEmpty, columns > 0 else { return [] }
    let ofA =
      a.isTransposed ? 0..<rows * inner : mine.lowerBound * inner..<mine.upperBound * inner
    var accesses: [Access] = [
      .read(a.value, ofA), .read(b.value, 0..<inner * columns),
      .write(result, mine.lowerBound * columns..<mine.upperBound * columns),
    ]
    if let bias { accesses.append(.read(bias, 0..<columns)) }
    return accesses
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = share(of: rows, worker: worker, in: workers)
    return try task(
      rows: mine, to: memory[result].advanced(byElements: mine.lowerBound * columns), memory)
  }

  /// Computes some rows of the product and writes them to `target`.
  func task(
    rows mine: Range<Int>, to target: Location, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    guard inner > 0 else { return emptyProduct(mine.count, target, memory) }
    let source = memory[a.value].advanced(
      byElements: mine.lowerBound * (a.isTransposed ? 1 : inner))
    let primitive = try makePrimitive(rows: mine.count, source, target, memory)
    memory.wantScratch(bytes: primitive.scratchBytes)
    return { primitive.run($0) }
  }

  /// The product over no terms: the bias alone, or zeros.
  private func emptyProduct(_ count: Int, _ target: Location, _ memory: MemoryMap) -> Task {
    let (columns, hasRelu, bias) = (columns, hasRelu, bias.map { memory[$0] })
    return { frame in
      let to = frame.floats(target)
      for row in 0..<count {
        for column in 0..<columns {
          let value = bias.map { frame.floats($0)[column] } ?? 0
          to[row * columns + column] = hasRelu ? max(value, 0) : value
        }
      }
      return 0
    }
  }

  private func makePrimitive(
    rows mine: Int, _ source: Location, _ target: Location, _ memory: MemoryMap
  ) throws(TensorError) -> Primitive {
    let purpose = OneDNN.Purpose(operation: "Gemm", shapes: [a.shape, b.shape])
    let layoutA = try Self.matrix(
      mine, inner, strides: a.isTransposed ? (1, rows) : (inner, 1), purpose)
    let layoutB = try Self.matrix(
      inner, columns, strides: b.isTransposed ? (1, inner) : (columns, 1), purpose)
    let layoutC = try Self.matrix(mine, columns, strides: (columns, 1), purpose)
    let layoutBias = try Self.matrix(1, columns, strides: (columns, 1), purpose)
    var arguments: [(Primitive.Argument, dnnl_memory_desc_t)] = [
      (.init(index: lz_argument_source, location: source), layoutA),
      (.init(index: lz_argument_weights, location: memory[b.value]), layoutB),
      (.init(index: lz_argument_destination, location: target), layoutC),
    ]
    if let bias {
      arguments.append((.init(index: lz_argument_bias, location: memory[bias]), layoutBias))
    }
    var (first, second, third, fourth) = (layoutA, layoutB, layoutBias, layoutC)
    var operation = dnnl_matmul_desc_t()
    try OneDNN.check(
      bias == nil
        ? dnnl_matmul_desc_init(&operation, &first, &second, nil, &fourth)
        : dnnl_matmul_desc_init(&operation, &first, &second, &third, &fourth),
      "dnnl_matmul_desc_init", purpose)
    let description = try PrimitiveDescription(&operation, hasRelu: hasRelu, purpose)
    return try Primitive(description, arguments: arguments, purpose)
  }

  /// A plain product `[rows, inner] · [inner, columns]` on memory the caller names; its own scratch memory begins at
  /// `scratchOffset`.
  static func primitive(
    rows: Int, inner: Int, columns: Int, from source: Primitive.Argument,
    by weights: Primitive.Argument, to destination: Primitive.Argument, scratchOffset: Int,
    _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> Primitive {
    var layoutA = try matrix(rows, inner, strides: (inner, 1), purpose)
    var layoutB = try matrix(inner, columns, strides: (columns, 1), purpose)
    var layoutC = try matrix(rows, columns, strides: (columns, 1), purpose)
    var operation = dnnl_matmul_desc_t()
    try OneDNN.check(
      dnnl_matmul_desc_init(&operation, &layoutA, &layoutB, nil, &layoutC),
      "dnnl_matmul_desc_init", purpose)
    return try Primitive(
      try PrimitiveDescription(&operation, purpose),
      arguments: [(source, layoutA), (weights, layoutB), (destination, layoutC)],
      scratchOffset: scratchOffset, purpose)
  }

  static func matrix(
    _ rows: Int, _ columns: Int, strides: (Int, Int), _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> dnnl_memory_desc_t {
    var layout = dnnl_memory_desc_t()
    var dimensions: [dnnl_dim_t] = [dnnl_dim_t(rows), dnnl_dim_t(columns)]
    var steps: [dnnl_dim_t] = [dnnl_dim_t(strides.0), dnnl_dim_t(strides.1)]
    try OneDNN.check(
      dnnl_memory_desc_init_by_strides(&layout, 2, &dimensions, dnnl_f32, &steps),
      "dnnl_memory_desc_init_by_strides", purpose)
    return layout
  }
}
