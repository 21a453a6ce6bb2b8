/// The networks of a model as any tool can run them, by name.
public struct ModelGraph: Hashable, Codable, Sendable {
  /// Version of the ONNX operator set.
  public let opset: Int
  /// What the networks compute: ``encoder`` from data `x` (and `labels` where it cannot do without) to codes `z`,
  /// ``labelledEncoder`` from data and labels where those may be given, ``decoder`` from codes to data, where there is one, and
  /// what else the family tells by ``ModelFamily/furtherNetworks(for:)``.
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
    for network in Self.coding(by: family, of: data) + family.furtherNetworks(for: data) {
      do {
        functions[network.name] = try network.traced()
      } catch {
        untraceable[network.name] = "\(error)"
      }
    }
    self.init(functions, untraceable: untraceable)
  }

  /// Encoding and decoding by the names that every reader knows.
  private static func coding(
    by family: any ModelFamily, of data: DataShape
  ) -> [FurtherNetwork] {
    let x = GraphValue.examples(data)
    let conditional = family as? any ConditionalModelFamily
    var networks: [FurtherNetwork] = []
    if let conditional {
      let name = conditional.predictsLabels ? labelledEncoder : encoder
      networks.append(
        FurtherNetwork(name, inputs: [x, .labels], outputs: ["z"]) { inputs, pass in
          [conditional.encode(inputs[0], labels: inputs[1], using: &pass)]
        })
    }
    if conditional?.predictsLabels != false {
      networks.append(
        FurtherNetwork(encoder, inputs: [x], outputs: ["z"]) { inputs, pass in
          [family.encode(inputs[0], using: &pass)]
        })
    }
    if !(family is any EncoderOnlyFamily) {
      let z = GraphValue.vectors("z", size: family.latentSize)
      networks.append(
        FurtherNetwork(decoder, inputs: [z], outputs: ["x"]) { inputs, pass in
          [family.decode(inputs[0], using: &pass)]
        })
    }
    return networks
  }
}
