import LatentZoo

extension Dense: TiedBackbone {
  public func makeTiedNetworks(
    codeSize: Int, using random: inout RandomSource
  ) -> TiedNetworks {
    let stack = makeStack(
      from: dataShape.featureCount, through: configuration.hiddenSizes, using: &random)
    let head = Linear(inputSize: featureSize, outputSize: codeSize, using: &random)
    var mirrored: [TransposedLinear] = []
    for layer in (stack.layers + [head]).reversed() {
      mirrored.append(TransposedLinear(layer, using: &random))
    }
    let decoder = TiedDecoder(
      layers: mirrored, activation: stack.activation, dropout: stack.dropout, dataShape: dataShape)
    return TiedNetworks(encoder: DenseEncoder(hidden: stack), head: head, decoder: decoder)
  }
}

/// `[B, codeSize]` to `[B, ...dataShape]` through the encoder's weights, last layer first.
struct TiedDecoder: Layer {
  let layers: [TransposedLinear]
  let activation: Activation
  let dropout: Dropout
  let dataShape: DataShape

  func callAsFunction(_ z: Tensor, using pass: inout Pass) -> Tensor {
    let features = layers.dropLast().reduce(z) {
      dropout(activation($1($0, using: &pass)), using: &pass)
    }
    let y = layers[layers.count - 1](features, using: &pass)
    return y.reshaped(to: dataShape.batched(z.shape[0]))
  }
}
