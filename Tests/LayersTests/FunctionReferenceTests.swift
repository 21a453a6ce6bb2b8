import Layers
import Tensors
import Testing

/// Functions without weights against PyTorch, forward and back.
@Suite struct FunctionReferenceTests {
  private static func cases(_ functions: String...) -> [String] {
    functions.flatMap { LayerReference.cases(of: $0) }
  }

  /// The function that a case is named after.
  private static func function(_ path: String) -> Substring { path.prefix { $0 != "/" } }

  @Test(
    "Functions of one element are PyTorch's",
    arguments: cases("gelu", "silu", "softplus", "leakyRelu", "elu"))
  func elementwise(_ path: String) throws {
    try checkFunction(path) { example, inputs in
      let x = try inputs("x")
      switch Self.function(path) {
      case "gelu":
        let approximation: String = try example.setting("approximation")
        return approximation == "tanh" ? x.geluTanh() : x.gelu()
      case "silu": return x.silu()
      case "softplus": return x.softplus()
      case "leakyRelu": return x.leakyRelu(slope: try example.setting("slope"))
      default: return x.elu(alpha: try example.setting("alpha"))
      }
    }
  }

  @Test(
    "Joining, slicing and padding are PyTorch's", arguments: cases("concatenate", "slice", "pad"))
  func shaping(_ path: String) throws {
    try checkFunction(path) { example, inputs in
      switch Self.function(path) {
      case "concatenate": return .concatenated(inputs.tensors, axis: try example.setting("axis"))
      case "slice":
        return try inputs("x").slice(
          axis: example.setting("axis"), from: example.setting("start"),
          to: example.setting("end"), step: example.setting("step"))
      default:
        let pairs: [[Int]] = try example.setting("padding")
        let mode: String = try example.setting("mode")
        let modes = ["reflect": PaddingMode.reflect, "replicate": .replicate]
        return try inputs("x").padded(
          pairs.map { ($0[0], $0[1]) },
          mode: modes[mode] ?? .constant(example.setting("value")))
      }
    }
  }

  @Test(
    "Picking by index and by condition is PyTorch's",
    arguments: cases("gather", "scatterAdd", "where", "oneHot"))
  func picking(_ path: String) throws {
    try checkFunction(path) { example, inputs in
      switch Self.function(path) {
      case "gather":
        return try inputs("x").gathered(at: inputs("indices"), axis: example.setting("axis"))
      case "scatterAdd":
        return try inputs("x").scatterAdded(
          at: inputs("indices"), axis: example.setting("axis"), count: example.setting("count"))
      case "where": return try .where(inputs("condition"), inputs("x"), inputs("other"))
      default: return try inputs("labels").oneHot(count: example.setting("count"))
      }
    }
  }

  @Test(
    "Reductions over any axes are PyTorch's",
    arguments: cases("sum", "mean", "max", "min", "prod", "logSumExp", "variance"))
  func reductions(_ path: String) throws {
    try checkFunction(path) { example, inputs in
      let (x, axes): (Tensor, [Int]) = (try inputs("x"), try example.setting("axes"))
      let keeps: Bool = try example.setting("keepsAxes")
      switch Self.function(path) {
      case "sum": return x.sum(axes: axes, keepingDimensions: keeps)
      case "mean": return x.mean(axes: axes, keepingDimensions: keeps)
      case "max": return x.maximum(axes: axes, keepingDimensions: keeps)
      case "min": return x.minimum(axes: axes, keepingDimensions: keeps)
      case "prod": return x.product(axes: axes, keepingDimensions: keeps)
      case "logSumExp": return x.logSumExp(axes: axes, keepingDimensions: keeps)
      default:
        return x.variance(
          axes: axes, correction: try example.setting("correction"), keepingDimensions: keeps)
      }
    }
  }

  @Test("Softmax and its logarithm are PyTorch's", arguments: cases("softmax", "logSoftmax"))
  func softmax(_ path: String) throws {
    try checkFunction(path) { example, inputs in
      let axis: Int = try example.setting("axis")
      let x = try inputs("x")
      return Self.function(path) == "softmax" ? x.softmax(axis: axis) : x.logSoftmax(axis: axis)
    }
  }

  @Test("Cross-entropy is PyTorch's", arguments: cases("crossEntropy"))
  func crossEntropy(_ path: String) throws {
    try checkFunction(path) { example, inputs in
      .crossEntropy(
        logits: try inputs("x"), labels: try inputs("labels"),
        labelSmoothing: try example.setting("labelSmoothing"),
        ignoredIndex: try example.setting("ignoredIndex"))
    }
  }
}
