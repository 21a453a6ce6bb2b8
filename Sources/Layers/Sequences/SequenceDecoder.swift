public import Tensors

/// Sequences from codes, step by step: tokens through a table of vectors, or numbers as they are.
///
/// In training each step is told what was truly at the step before (teacher forcing); generating, it reads what it wrote.
public struct SequenceDecoder: Module {
  /// Vectors of the tokens; `nil` where steps are numbers.
  public let embedding: Embedding?
  /// What goes through the steps.
  public let writer: any SequenceWriter
  /// From what is known after a step to logits of the tokens, or to numbers.
  public let output: Linear
  /// Hides what was at the step before, in training.
  public let inputDropout: StepDropout

  /// Joins networks.
  ///
  /// - Parameters:
  ///   - embedding: vectors of the tokens; `nil` where steps are numbers.
  ///   - writer: what goes through the steps.
  ///   - output: from what is known after a step to logits of the tokens, or to numbers.
  ///   - inputDropout: hides what was at the step before, in training.
  public init(
    embedding: Embedding?, writer: any SequenceWriter, output: Linear,
    inputDropout: StepDropout = StepDropout(rate: 0)
  ) {
    self.embedding = embedding
    self.writer = writer
    self.output = output
    self.inputDropout = inputDropout
  }

  /// What the decoder expects at each step of `x`, knowing the code and all steps before.
  ///
  /// - Parameters:
  ///   - x: tokens `[B, T]`, or numbers `[B, T, F]`.
  ///   - code: `[B, codeSize]`
  ///   - pass: the recording it becomes part of.
  /// - Returns: logits `[B, T, V]`, or numbers `[B, T, F]`.
  public func predictions(of x: Tensor, from code: Tensor, using pass: inout Pass) -> Tensor {
    let truth = x.shiftedByOneStep(first: embedding == nil ? 0 : Float(SpecialToken.end))
    let known = inputDropout(truth, using: &pass)
    let inputs = embedding?(known, using: &pass) ?? known
    let steps = writer(inputs, from: code, using: &pass)
    return output(steps, using: &pass)
  }

  /// Sequences from codes alone.
  ///
  /// - Parameters:
  ///   - code: `[B, codeSize]`
  ///   - stepCount: length of all sequences; tokens are padded with 0 after the end token.
  ///   - choice: how tokens are chosen; nothing where steps are numbers.
  ///   - pass: the recording it becomes part of.
  /// - Returns: tokens `[B, stepCount]`, or numbers `[B, stepCount, F]`.
  public func generate(
    from code: Tensor, stepCount: Int, choosing choice: TokenChoice = .greedy,
    using pass: inout Pass
  ) -> Tensor {
    let batch = code.shape[0]
    var states = writer.initialStates(from: code, using: &pass)
    var last = Tensor(embedding == nil ? 0 : Float(SpecialToken.end))
      .expanded(to: embedding == nil ? [batch, output.weight.shape[0]] : [batch])
    var isOpen = Tensor(1).expanded(to: [batch])
    var written: [Tensor] = []
    for _ in 0..<stepCount {
      let input = embedding?(last, using: &pass) ?? last
      let (steps, next) = writer(
        input.unsqueezed(axis: 1), from: code, states: states, using: &pass)
      states = next
      let prediction = output(steps.squeezed(axis: 1), using: &pass)
      if embedding == nil {
        last = prediction
      } else {
        last = choice(prediction, using: &pass) * isOpen
        isOpen = isOpen * last.notEqual(to: Tensor(Float(SpecialToken.end)))
      }
      written.append(last)
    }
    return .stacked(written, axis: 1)
  }
}
