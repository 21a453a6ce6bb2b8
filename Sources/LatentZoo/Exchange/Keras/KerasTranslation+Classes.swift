extension KerasTranslation {
  /// A row of zeros with a 1 for the class of each example.
  mutating func oneHot(_ node: GraphNode) throws -> KerasValue {
    guard let count = integers(node, at: 1)?.first,
      try constant(node.inputs[2])?.scalars == [0, 1],
      let source = network.producers[node.inputs[0]]
    else { throw rejection(of: node, "it marks classes by other numbers than 0 and 1") }
    switch source.op {
    case "ArgMax": return try highest(of: source, count)
    case "Cast":
      let classes = try value(source.inputs[0])
      guard classes.shape.isEmpty else {
        throw rejection(of: node, "it takes several classes for an example")
      }
      let layer = append(
        "Embedding", "one_hot",
        ["input_dim": .integer(count), "output_dim": .integer(count), "trainable": false],
        to: classes, weights: [("embeddings", .identity(count))])
      return KerasValue(layer: layer, shape: [count])
    default: throw rejection(of: node, "its classes are no labels and no highest scores")
    }
  }

  /// A row of zeros with a 1 where the scores of an example are highest, the first time of several.
  ///
  /// In Keras' layers: what lies below the highest score is pushed far below -1, where `relu(1 + …)` is 0. Of several ones only
  /// the first is left when those before are subtracted from each.
  private mutating func highest(of node: GraphNode, _ count: Int) throws -> KerasValue {
    let scores = try value(node.inputs[0])
    guard scores.shape == [count],
      node.attributes["axis"] == .int(1), node.attributes["select_last_index"] != .int(1)
    else { throw rejection(of: node, "it looks for no highest score of an example") }
    let steps = reshaped(scores, to: [count, 1])
    let maximum = append("GlobalMaxPooling1D", "highest_score", [:], to: steps)
    let distance = append(
      "Subtract", "score_below_highest", [:],
      to: [scores, KerasValue(layer: maximum, shape: [1])])
    let pushed = append(
      "Rescaling", "", ["scale": 1e30, "offset": 1],
      to: KerasValue(layer: distance, shape: [count]))
    let marks = append(
      "Activation", "is_highest", ["activation": "relu"],
      to: KerasValue(layer: pushed, shape: [count]))
    let first = append(
      "Dense", "is_first_highest",
      [
        "units": .integer(count), "use_bias": false, "activation": "relu", "trainable": false,
      ], to: KerasValue(layer: marks, shape: [count]),
      weights: [("kernel", .withoutEarlier(count))])
    return KerasValue(layer: first, shape: [count])
  }

  /// The exponentials of an example's scores as parts of their sum.
  mutating func softmax(_ node: GraphNode) throws -> KerasValue {
    let scores = channelsFirst(try value(node.inputs[0]))
    guard case .int(let axis)? = node.attributes["axis"], [-1, scores.shape.count].contains(axis)
    else { throw rejection(of: node, "Keras takes the last axis") }
    return append(activation: "Activation", ["activation": "softmax"], of: scores, node)
  }
}

extension NDArray {
  /// Ones on the diagonal, `[count, count]`.
  fileprivate static func identity(_ count: Int) -> NDArray {
    square(count) { $0 == $1 ? 1 : 0 }
  }

  /// A matrix that subtracts from each element of a row all those before, `[count, count]`.
  fileprivate static func withoutEarlier(_ count: Int) -> NDArray {
    square(count) { $0 == $1 ? 1 : $0 < $1 ? -1 : 0 }
  }

  private static func square(_ count: Int, _ element: (Int, Int) -> Float) -> NDArray {
    let scalars = (0..<count).flatMap { row in (0..<count).map { element(row, $0) } }
    return NDArray(scalars, shape: [count, count])
  }
}
