/// The order in which Keras counts the layers of a model when it looks for their weights, whatever the file says.
///
/// Those that most layers separate from the output come first; of equals, those that a walk from the output through each layer's
/// inputs meets first.
struct KerasLayerOrder {
  /// Layers between each layer and an output, on the longest way.
  private var depths: [String: Int] = [:]
  /// When the walk meets each layer.
  private var turns: [String: Int] = [:]

  /// Walks through layers, each of which stands behind its inputs, from the layers that give the outputs.
  init(_ layers: [KerasLayer], endingAt outputs: [String]) {
    let known = Dictionary(layers.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    var open = Array(outputs.reversed())
    while let name = open.popLast() {
      guard let layer = known[name], turns[name] == nil else { continue }
      turns[name] = turns.count
      open += layer.inputs.reversed()
    }
    for layer in layers.reversed() {
      for input in layer.inputs {
        depths[input] = max(depths[input] ?? 0, depths[layer.name, default: 0] + 1)
      }
    }
  }

  /// Whether one layer comes before another.
  func precedes(_ first: KerasLayer, _ second: KerasLayer) -> Bool {
    let depths = (depths[first.name] ?? 0, depths[second.name] ?? 0)
    if depths.0 != depths.1 { return depths.0 > depths.1 }
    // An input that nobody reads is never met, and counts as the first.
    return (turns[first.name] ?? -1) < (turns[second.name] ?? -1)
  }
}
