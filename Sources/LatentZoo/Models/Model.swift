/// A model ready to use: networks with their weights, and what is known about them.
public final class Model {
  /// What is known about it.
  public var record: ModelRecord
  /// What computes codes, and data from them.
  public let networks: ModelNetworks
  /// The meaning of the numbers in its data where they are tokens.
  public let vocabulary: Vocabulary?
  /// The density of the training codes, where one was fitted.
  public var density: LatentDensity?
  /// The course of its training.
  public var history: TrainingHistory
  private let encoder: CompiledFunction
  private let decoder: CompiledFunction
  private let conditionalEncoder: CompiledFunction?
  let engine: Engine

  /// Rows computed together at most.
  static let rowsTogether = 500

  /// Joins the networks of a family and what is known about them.
  public convenience init(
    _ family: any ModelFamily, record: ModelRecord, vocabulary: Vocabulary? = nil,
    density: LatentDensity? = nil, history: TrainingHistory = TrainingHistory(),
    on engine: Engine = .shared
  ) {
    self.init(
      .family(family), record: record, vocabulary: vocabulary, density: density, history: history,
      on: engine)
  }

  /// Joins networks and what is known about them.
  public init(
    _ networks: ModelNetworks, record: ModelRecord, vocabulary: Vocabulary? = nil,
    density: LatentDensity? = nil, history: TrainingHistory = TrainingHistory(),
    on engine: Engine = .shared
  ) {
    self.networks = networks
    self.record = record
    self.vocabulary = vocabulary
    self.density = density
    self.history = history
    self.engine = engine
    switch networks {
    case .family(let family):
      encoder = CompiledFunction(on: engine) { inputs in
        var pass = Pass.evaluation()
        return [family.encode(inputs[0], using: &pass)]
      }
      decoder = CompiledFunction(on: engine) { inputs in
        var pass = Pass.evaluation()
        return [family.decode(inputs[0], using: &pass)]
      }
      conditionalEncoder = (family as? any ConditionalModelFamily).map { family in
        CompiledFunction(on: engine) { inputs in
          var pass = Pass.evaluation()
          return [family.encode(inputs[0], labels: inputs[1], using: &pass)]
        }
      }
    case .graph(let networks):
      let encode = CompiledFunction(on: engine) { [try networks.encode($0)] }
      (encoder, conditionalEncoder) = (encode, networks.takesLabels ? encode : nil)
      decoder = CompiledFunction(on: engine) { [try networks.decode($0[0])] }
    }
  }

  /// The family, where it is installed.
  public var family: (any ModelFamily)? {
    if case .family(let family) = networks { family } else { nil }
  }

  /// The family, for what no graph can do.
  ///
  /// - Throws: ``ModelError/familyNotInstalled(model:family:plugins:)``.
  func installedFamily() throws(ModelError) -> any ModelFamily {
    guard let family else {
      let specification = record.specification
      throw .familyNotInstalled(
        model: record.name, family: specification.family, plugins: specification.plugins)
    }
    return family
  }

  /// The networks as any tool can run them.
  public var graph: ModelGraph {
    switch networks {
    case .family(let family): ModelGraph(tracing: family, for: dataShape)
    case .graph(let networks): networks.graph
    }
  }

  /// Every weight with its path.
  public var namedParameters: [(path: String, parameter: Parameter)] { networks.namedParameters }

  /// Every weight.
  public var parameters: [Parameter] { namedParameters.map(\.parameter) }

  /// Shape of one example.
  public var dataShape: DataShape { record.specification.dataShape }

  /// Whether an example can be encoded only together with its class.
  public var needsLabels: Bool { networks.labels == .needed }

  /// Whether codes can be turned back into data.
  public var hasDecoder: Bool { networks.hasDecoder }

  /// Codes of examples: `[N, ...dataShape]` to `[N, latentSize]`.
  ///
  /// - Parameters:
  ///   - examples: in model units; the elements of each may also stand in one row, `[N, features]`.
  ///   - labels: the class of each, for a conditional family; not looked at by others.
  /// - Throws: ``ModelError/wrongDataShape(model:expected:found:)``, ``ModelError/notFinite(model:what:row:)``,
  ///   ``ModelError/labelsMissing(model:)`` or a `TensorError`.
  public func encode(_ examples: NDArray, labels: [Int]? = nil) throws -> NDArray {
    let flat = [dataShape.featureCount]
    let found = Array(examples.shape.dimensions.dropFirst())
    guard examples.shape.rank > 0, found == dataShape.dimensions || found == flat else {
      throw ModelError.wrongDataShape(
        model: record.name, expected: dataShape, found: examples.shape.dimensions)
    }
    try checkFinite(examples, "example")
    let shaped = NDArray(
      examples.scalars, shape: dataShape.batched(examples.shape[0]))
    if let known = try known(labels), let conditionalEncoder {
      return try apply(conditionalEncoder, to: [shaped, known], rowShape: [record.latentSize])
    }
    return try apply(encoder, to: [shaped], rowShape: [record.latentSize])
  }

  /// The classes of examples, where the networks look at them.
  private func known(_ labels: [Int]?) throws(ModelError) -> NDArray? {
    guard networks.labels != .ignored else { return nil }
    let classes = 0..<record.specification.data.classCount
    guard let labels, labels.allSatisfy(classes.contains) else {
      if needsLabels { throw .labelsMissing(model: record.name) }
      return nil
    }
    return NDArray(labels.map { Float($0) }, shape: [labels.count])
  }

  /// Data from codes: `[N, latentSize]` to `[N, ...dataShape]`.
  ///
  /// - Throws: ``ModelError/noDecoder(model:)``, ``ModelError/wrongCodeShape(model:expected:found:)``,
  ///   ``ModelError/notFinite(model:what:row:)`` or a `TensorError`.
  public func decode(_ codes: NDArray) throws -> NDArray {
    guard hasDecoder else { throw ModelError.noDecoder(model: record.name) }
    guard codes.shape.rank == 2, codes.shape[1] == record.latentSize else {
      throw ModelError.wrongCodeShape(
        model: record.name, expected: record.latentSize, found: codes.shape.dimensions)
    }
    try checkFinite(codes, "code")
    return try apply(decoder, to: [codes], rowShape: dataShape.dimensions)
  }

  /// Data through code and back, `[N, ...dataShape]`.
  ///
  /// - Throws: as ``encode(_:labels:)``.
  public func reconstruct(_ examples: NDArray, labels: [Int]? = nil) throws -> NDArray {
    try decode(try encode(examples, labels: labels))
  }

  /// Measures the model on data; see ``Evaluator/metrics(on:indices:seed:)``.
  ///
  /// - Parameters:
  ///   - dataset: the examples.
  ///   - indices: which examples; `nil` for all.
  ///   - seed: key of what the model samples on the way.
  /// - Throws: ``ModelError``, ``TrainingError/noExamples(data:)`` or a `TensorError`.
  public func metrics(
    on dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws -> [String: Double] {
    try Self.metrics(try installedFamily(), dataset, indices, seed, engine, dataShape)
  }

  private static func metrics<Family: ModelFamily>(
    _ family: Family, _ dataset: Dataset, _ indices: [Int]?, _ seed: UInt64, _ engine: Engine,
    _ shape: DataShape
  ) throws -> [String: Double] {
    try Evaluator(family, data: shape, on: engine)
      .metrics(on: dataset, indices: indices, seed: seed)
  }

  func checkFinite(_ rows: NDArray, _ what: String) throws(ModelError) {
    guard let place = rows.scalars.firstIndex(where: { !$0.isFinite }) else { return }
    let size = rows.shape.dimensions.dropFirst().reduce(1, *)
    throw .notFinite(model: record.name, what: what, row: place / size)
  }

  /// Applies a function to blocks of rows.
  private func apply(
    _ function: CompiledFunction, to rows: [NDArray], rowShape: [Int]
  ) throws -> NDArray {
    var scalars: [Float] = []
    let count = rows[0].shape[0]
    scalars.reserveCapacity(count * rowShape.reduce(1, *))
    var size = Self.rowsTogether
    if case .graph(let networks) = networks { size = networks.rowsTogether }
    for start in stride(from: 0, to: count, by: size) {
      let block = rows.map { $0.rows(start..<min(start + size, count)) }
      scalars += try function(block)[0].scalars
    }
    return NDArray(scalars, shape: Shape([count] + rowShape))
  }
}
