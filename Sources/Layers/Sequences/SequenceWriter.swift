public import Tensors

/// What goes through the steps of a sequence that it makes from a code: the network part of a sequence decoder.
public protocol SequenceWriter: Module {
  /// Number of elements of what is known after each step.
  var hiddenSize: Int { get }

  /// What is carried into the first step.
  ///
  /// - Parameters:
  ///   - code: `[B, codeSize]`
  ///   - pass: the recording it becomes part of.
  /// - Returns: as many tensors as the network needs, in shapes of its own.
  func initialStates(from code: Tensor, using pass: inout Pass) -> [Tensor]

  /// Records steps.
  ///
  /// - Parameters:
  ///   - inputs: `[B, T, inputSize]`, what was written at the step before each.
  ///   - code: `[B, codeSize]`
  ///   - states: those carried into the first of the steps.
  ///   - pass: the recording it becomes part of.
  /// - Returns: what is known after each step, `[B, T, hiddenSize]`, and what is carried on.
  func callAsFunction(
    _ inputs: Tensor, from code: Tensor, states: [Tensor], using pass: inout Pass
  ) -> (steps: Tensor, states: [Tensor])
}

extension SequenceWriter {
  /// Records all steps of sequences from the first on.
  ///
  /// - Parameters:
  ///   - inputs: `[B, T, inputSize]`, what was written at the step before each.
  ///   - code: `[B, codeSize]`
  ///   - pass: the recording it becomes part of.
  /// - Returns: what is known after each step, `[B, T, hiddenSize]`.
  public func callAsFunction(
    _ inputs: Tensor, from code: Tensor, using pass: inout Pass
  ) -> Tensor {
    let states = initialStates(from: code, using: &pass)
    return self(inputs, from: code, states: states, using: &pass).steps
  }
}
