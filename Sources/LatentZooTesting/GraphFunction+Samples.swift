package import LatentZoo

extension GraphFunction {
  /// Whether it is none of those that encode and decode.
  package static func isFurther(_ name: String) -> Bool {
    ![ModelGraph.encoder, ModelGraph.labelledEncoder, ModelGraph.decoder].contains(name)
  }

  /// Something to run it on: the examples for `x`, the labels for `labels`, and normal draws for all else.
  package func sampleInputs(examples: NDArray, labels: NDArray?) -> [String: NDArray] {
    var random = RandomSource(seed: 7)
    let count = examples.shape[0]
    let inputs = inputs.map { input -> (String, NDArray) in
      let shape = Shape(input.shape.map { $0.resolved(batchSize: count) })
      switch input.name {
      case "x": return (input.name, examples)
      case "labels": return (input.name, labels ?? NDArray(repeating: 0, shape: shape))
      default:
        let size = shape.dimensions.reduce(1, *)
        return (input.name, NDArray((0..<size).map { _ in Float(random.normal()) }, shape: shape))
      }
    }
    return Dictionary(inputs) { $1 }
  }
}
