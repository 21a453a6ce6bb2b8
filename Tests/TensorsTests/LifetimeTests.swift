import Tensors
import Testing

@Suite struct LifetimeTests {
  @Test("A parameter goes with the last graph and model that hold it")
  func parameters() throws {
    weak var gone: Parameter?
    do {
      let parameter = Parameter(NDArray([1, 2], shape: [2]))
      gone = parameter
      let loss = parameter.tensor.squared().sum()
      let slope = try #require(
        try gradients(of: loss, withRespectTo: [parameter.tensor])[0])
      #expect(try slope.evaluated().scalars == [2, 4])
    }
    #expect(gone == nil)
  }

  @Test("A parameter's tensor is the same while a graph holds it")
  func identity() throws {
    let parameter = Parameter(NDArray([3], shape: [1]))
    let loss = parameter.tensor.sum()
    let slopes = try gradients(of: loss, withRespectTo: [parameter.tensor, parameter.tensor])
    #expect(slopes[0] != nil && slopes[0] == slopes[1])
  }

  @Test("A graph holds its parameters even where the model is gone")
  func graphsHoldParameters() throws {
    func record() -> Tensor { Parameter(NDArray([3], shape: [1])).tensor * 2 }
    #expect(try record().evaluated().scalars == [6])
  }

  @Test("A recurrence of any length is let go of without a deep stack")
  func longGraphs() {
    var state = Tensor.input([4])
    for _ in 0..<300_000 { state = state * state.stoppingGradient() }
    #expect(state.shape == [4])
  }
}
