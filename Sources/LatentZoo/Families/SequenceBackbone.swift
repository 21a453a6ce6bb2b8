/// A backbone for families that go through sequences step by step themselves: tokens `[T]`, numbers `[T]` or `[T, F]`.
public protocol SequenceBackbone: Backbone {
  /// Number of elements of a step's vector, as readers and writers take it.
  var stepSize: Int { get }

  /// Makes the table of the tokens' vectors, `[V, stepSize]`, the padding's fixed at 0; `nil` where steps are numbers.
  func makeEmbedding(using random: inout RandomSource) -> Embedding?

  /// Makes the network from steps `[B, T, stepSize]` to features `[B, featureSize]`.
  func makeReader(using random: inout RandomSource) -> any SequenceReader

  /// Makes the network from a code `[B, codeSize]` to what is known after each step that was written.
  func makeWriter(codeSize: Int, using random: inout RandomSource) -> any SequenceWriter
}

extension SequenceBackbone {
  /// Makes a decoder of its own table, writer and output.
  ///
  /// - Parameters:
  ///   - codeSize: number of elements of a code.
  ///   - inputDropout: hides what was at the step before, in training.
  ///   - random: draws the initial values.
  public func makeSequenceDecoder(
    codeSize: Int, inputDropout: StepDropout = StepDropout(rate: 0),
    using random: inout RandomSource
  ) -> SequenceDecoder {
    let embedding = makeEmbedding(using: &random)
    let writer = makeWriter(codeSize: codeSize, using: &random)
    let output = Linear(
      inputSize: writer.hiddenSize, outputSize: data.isTokens ? data.vocabularySize : stepSize,
      using: &random)
    return SequenceDecoder(
      embedding: embedding, writer: writer, output: output, inputDropout: inputDropout)
  }

  /// Number of steps of an example.
  public var stepCount: Int { dataShape.dimensions[0] }
}

extension DataSignature {
  /// Examples as steps: tokens `[B, T]` as they are, numbers `[B, T]` as `[B, T, 1]`.
  public func steps(of x: Tensor) -> Tensor {
    isTokens || x.shape.rank != 2 ? x : x.unsqueezed(axis: 2)
  }

  /// Steps as examples, `[B, ...shape]`.
  public func examples(of steps: Tensor) -> Tensor {
    steps.reshaped(to: shape.batched(steps.shape[0]))
  }
}

extension Backbone {
  /// The backbone as one for sequences.
  ///
  /// - Parameter family: who needs it.
  /// - Throws: ``ModelError/familyNeedsSequences(family:backbone:)`` where it is none.
  public func forSequences(of family: String) throws -> any SequenceBackbone {
    guard let backbone = self as? any SequenceBackbone else {
      throw ModelError.familyNeedsSequences(family: family, backbone: Self.card.identifier)
    }
    return backbone
  }

  /// The backbone as one for sequences of tokens, and the table of their vectors.
  ///
  /// - Parameters:
  ///   - family: who needs it.
  ///   - random: draws the initial values.
  /// - Throws: ``ModelError/familyNeedsSequences(family:backbone:)``, or ``ModelError/dataDoesNotFit(family:reason:)`` where
  ///   sequences are of numbers.
  public func forSentences(
    of family: String, using random: inout RandomSource
  ) throws -> (networks: any SequenceBackbone, embedding: Embedding) {
    let networks = try forSequences(of: family)
    guard let embedding = networks.makeEmbedding(using: &random) else {
      throw ModelError.dataDoesNotFit(
        family: family, reason: "it takes sentences, such as text:FILE gives")
    }
    return (networks, embedding)
  }
}
