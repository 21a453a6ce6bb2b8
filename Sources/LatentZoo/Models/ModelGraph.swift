/// The networks of a model as any tool can run them, by name.
public struct ModelGraph: Hashable, Codable, Sendable {
  /// Version of the ONNX operator set.
  public let opset: Int
  /// What the networks compute: ``encoder`` from data `x` (and `labels` where it cannot do without) to codes `z`,
  /// ``labelledEncoder`` from data and labels where those may be given, and ``decoder`` from codes to data, where there is one.
  public let functions: [String: GraphFunction]

  /// Name of the function from data to codes.
  public static let encoder = "encoder"
  /// Name of the function from data and labels to codes, where ``encoder`` finds the labels by itself.
  public static let labelledEncoder = "encoder_with_labels"
  /// Name of the function from codes to data.
  public static let decoder = "decoder"

  /// Why a network of a name could not be told in operators; empty as a rule.
  public let untraceable: [String: String]

  /// Joins functions.
  public init(_ functions: [String: GraphFunction], untraceable: [String: String] = [:]) {
    opset = GraphFunction.opset
    self.functions = functions
    self.untraceable = untraceable
  }

  /// Traces the networks of a family; one that cannot be told in operators is left out, with the reason.
  ///
  /// - Parameters:
  ///   - family: the model whose networks are traced.
  ///   - data: shape of one example.
  public init(tracing family: any ModelFamily, for data: DataShape) {
    var functions: [String: GraphFunction] = [:]
    var untraceable: [String: String] = [:]
    func trace(
      _ name: String, _ inputs: [GraphValue], _ output: String, _ body: ([Tensor]) -> Tensor
    ) {
      do {
        functions[name] = try GraphFunction(tracing: inputs, to: [output]) { [body($0)] }
      } catch {
        untraceable[name] = "\(error)"
      }
    }
    let x = GraphValue(name: "x", shape: [.batch] + data.dimensions.map { .fixed($0) })
    let z = GraphValue(name: "z", shape: [.batch, .fixed(family.latentSize)])
    let conditional = family as? any ConditionalModelFamily
    if let conditional {
      let labels = GraphValue(name: "labels", shape: [.batch])
      let name = conditional.predictsLabels ? Self.labelledEncoder : Self.encoder
      trace(name, [x, labels], "z") { inputs in
        var pass = Pass.evaluation()
        return conditional.encode(inputs[0], labels: inputs[1], using: &pass)
      }
    }
    if conditional?.predictsLabels != false {
      trace(Self.encoder, [x], "z") { inputs in
        var pass = Pass.evaluation()
        return family.encode(inputs[0], using: &pass)
      }
    }
    if !(family is any EncoderOnlyFamily) {
      trace(Self.decoder, [z], "x") { inputs in
        var pass = Pass.evaluation()
        return family.decode(inputs[0], using: &pass)
      }
    }
    self.init(functions, untraceable: untraceable)
  }
}
