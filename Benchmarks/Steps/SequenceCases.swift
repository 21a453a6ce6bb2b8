import Layers
import Tensors

private struct SequenceAutoencoder: Module {
  let embedding: Embedding
  let encoder: GRU
  let decoder: GRU
  let output: Linear

  init(vocabulary: Int, embeddingSize: Int, hiddenSize: Int, using random: inout RandomSource) {
    embedding = Embedding(count: vocabulary, size: embeddingSize, using: &random)
    encoder = GRU(inputSize: embeddingSize, hiddenSize: hiddenSize, using: &random)
    decoder = GRU(inputSize: embeddingSize, hiddenSize: hiddenSize, using: &random)
    output = Linear(inputSize: hiddenSize, outputSize: vocabulary, using: &random)
  }
}

private struct SkipThought: Module {
  let embedding: Embedding
  let encoder: GRU
  let previous: GRU
  let next: GRU
  let output: Linear

  init(vocabulary: Int, embeddingSize: Int, hiddenSize: Int, using random: inout RandomSource) {
    embedding = Embedding(count: vocabulary, size: embeddingSize, using: &random)
    encoder = GRU(inputSize: embeddingSize, hiddenSize: hiddenSize, using: &random)
    previous = GRU(inputSize: embeddingSize, hiddenSize: hiddenSize, using: &random)
    next = GRU(inputSize: embeddingSize, hiddenSize: hiddenSize, using: &random)
    output = Linear(inputSize: hiddenSize, outputSize: vocabulary, using: &random)
  }
}

/// What a teacher-forced decoder reads: the start word 0, then all words but the last; `[B, T]`.
private func shifted(_ words: Tensor) -> Tensor {
  let start = Tensor(0).expanded(to: [words.shape[0], 1])
  return .concatenated([start, words.slice(axis: 1, to: words.shape[1] - 1)], axis: 1)
}

extension BenchmarkCase {
  static func gruAE(using random: inout RandomSource) -> BenchmarkCase {
    let model = SequenceAutoencoder(
      vocabulary: 2000, embeddingSize: 128, hiddenSize: 256, using: &random)
    return BenchmarkCase(
      model,
      minimising: { inputs, pass in
        let words = inputs[0]
        let (batch, time) = (words.shape[0], words.shape[1])
        // One look-up for encoder and decoder, so that the table has one gradient.
        let vectors = model.embedding(
          .concatenated([words, shifted(words)], axis: 0), using: &pass
        ).split(axis: 0, into: 2)
        let state = model.encoder(vectors[0], using: &pass).states
        let steps = model.decoder(vectors[1], initialStates: state, using: &pass).steps
        let logits = model.output(steps.reshaped(to: [batch * time, 256]), using: &pass)
        return Tensor.meanCrossEntropy(logits: logits, labels: words.reshaped(to: [batch * time]))
      })
  }

  /// Kiros et al. 2015: from a sentence's code to the sentences before and after it.
  static func skipThought(using random: inout RandomSource) -> BenchmarkCase {
    let model = SkipThought(
      vocabulary: 20000, embeddingSize: 620, hiddenSize: 1200, using: &random)
    return BenchmarkCase(
      model,
      minimising: { inputs, pass in
        let (batch, time) = (inputs[0].shape[0], inputs[0].shape[2])
        let sentences = inputs[0].split(axis: 1, into: 3).map {
          $0.reshaped(to: [batch, time])
        }
        let vectors = model.embedding(
          .concatenated([sentences[1], shifted(sentences[0]), shifted(sentences[2])], axis: 0),
          using: &pass
        ).split(axis: 0, into: 3)
        let state = model.encoder(vectors[0], using: &pass).states
        let steps = [
          model.previous(vectors[1], initialStates: state, using: &pass).steps,
          model.next(vectors[2], initialStates: state, using: &pass).steps,
        ]
        // One product for both decoders, so that the output layer has one gradient.
        let hidden = Tensor.concatenated(steps, axis: 0).reshaped(to: [2 * batch * time, 1200])
        let labels = Tensor.concatenated([sentences[0], sentences[2]], axis: 0)
        let loss = Tensor.meanCrossEntropy(
          logits: model.output(hidden, using: &pass),
          labels: labels.reshaped(to: [2 * batch * time]))
        return loss * 2
      })
  }
}
