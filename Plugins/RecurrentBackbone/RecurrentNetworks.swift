import LatentZoo

/// `[B, ...dataShape]` to `[B, featureSize]`
struct RecurrentEncoder: Layer {
  let embedding: Embedding?
  let reader: any SequenceReader
  let data: DataSignature

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    guard let embedding else { return reader(data.steps(of: x), lengths: nil, using: &pass) }
    let steps = embedding(x, using: &pass)
    return reader(steps, lengths: x.tokenCounts(), using: &pass)
  }
}

/// `[B, inputSize]` to `[B, ...dataShape]`: the code at every step, and what came before in the states alone.
struct RecurrentDecoder: Layer {
  let network: any RecurrentLayer
  let output: Linear
  let data: DataSignature

  func callAsFunction(_ z: Tensor, using pass: inout Pass) -> Tensor {
    let inputs = z.unsqueezed(axis: 1)
      .expanded(to: [z.shape[0], data.shape.dimensions[0], z.shape[1]])
    let steps = network(inputs, from: nil, lengths: nil, using: &pass).steps
    return data.examples(of: output(steps, using: &pass))
  }
}
