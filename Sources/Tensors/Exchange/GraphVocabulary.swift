/// The operators of ONNX that networks in checkpoints consist of, beside those on each element (``Elementwise``).
///
/// What the tracer writes the reader reads: both hold to this list.
enum GraphVocabulary: String {
  case identity = "Identity"
  case cast = "Cast"
  case reshape = "Reshape"
  case expand = "Expand"
  case transpose = "Transpose"
  case shape = "Shape"
  case squeeze = "Squeeze"
  case unsqueeze = "Unsqueeze"
  case concat = "Concat"
  case split = "Split"
  case slice = "Slice"
  case gather = "Gather"
  case oneHot = "OneHot"
  case pad = "Pad"
  case reduceSum = "ReduceSum"
  case reduceMax = "ReduceMax"
  case reduceMin = "ReduceMin"
  case reduceProd = "ReduceProd"
  case argMax = "ArgMax"
  case argMin = "ArgMin"
  case softmax = "Softmax"
  case logSoftmax = "LogSoftmax"
  case gemm = "Gemm"
  case batchNormalization = "BatchNormalization"
  case groupNormalization = "GroupNormalization"
  case layerNormalization = "LayerNormalization"
  case conv = "Conv"
  case convTranspose = "ConvTranspose"
  case maxPool = "MaxPool"
  case averagePool = "AveragePool"
  case resize = "Resize"
  case randomUniformLike = "RandomUniformLike"
  case randomNormalLike = "RandomNormalLike"
  case gru = "GRU"
  case lstm = "LSTM"

  /// Whether an operator is known.
  static func contains(_ op: String) -> Bool {
    Elementwise(rawValue: op) != nil || GraphVocabulary(rawValue: op) != nil
  }

  /// Records what a node says.
  static func record(_ node: inout NodeReader) throws(GraphError) -> [GraphOperand] {
    if let operation = Elementwise(rawValue: node.node.op) {
      let count = operation.operandCount
      return [.tensor(Tensor(operation, of: try node.tensors(count...count)))]
    }
    guard let operation = GraphVocabulary(rawValue: node.node.op) else {
      throw .unknownOperator(node.node.op, node: node.label)
    }
    switch operation {
    case .gru: return try Recurrence.read(&node, .gru)
    case .lstm: return try Recurrence.read(&node, .lstm)
    case .shape: return [try shape(node)]
    case .concat: return [try concat(node)]
    case .split: return try split(node)
    default: return [.tensor(try operation.tensor(node))]
    }
  }

  /// What an operator with one result says.
  private func tensor(_ node: NodeReader) throws(GraphError) -> Tensor {
    switch self {
    case .identity: try node.tensor(0)
    case .cast: try Self.cast(node)
    case .reshape: try Self.reshape(node)
    case .expand: try Self.expand(node)
    case .transpose: try Self.transpose(node)
    case .squeeze: try Self.squeeze(node, isInverse: false)
    case .unsqueeze: try Self.squeeze(node, isInverse: true)
    case .slice: try Self.slice(node)
    case .gather: try Self.gather(node)
    case .oneHot: try Self.oneHot(node)
    case .pad: try Self.pad(node)
    case .reduceSum, .reduceMax, .reduceMin, .reduceProd: try Self.reduce(node, self)
    case .argMax, .argMin: try Self.findPlace(node, self)
    case .softmax, .logSoftmax: try Self.softmax(node, isLog: self == .logSoftmax)
    case .gemm: try Self.gemm(node)
    case .batchNormalization: try Self.normalizeBatch(node)
    case .groupNormalization: try Self.normalizeGroups(node)
    case .layerNormalization: try Self.normalizeLayer(node)
    case .conv: try Self.conv(node)
    case .convTranspose: try Self.convTranspose(node)
    case .maxPool, .averagePool: try Self.pool(node, self)
    case .resize: try Self.resize(node)
    case .randomUniformLike, .randomNormalLike: try Self.random(node, self)
    case .shape, .concat, .split, .gru, .lstm: throw node.malformed("it is read elsewhere")
    }
  }
}
