import Layers
import Tensors
import Testing

@Suite struct ModuleTests {
  private static func parameter(_ count: Int) -> Parameter {
    Parameter(NDArray(repeating: 0, shape: [count]))
  }

  private struct Inner: Module {
    let scale = ModuleTests.parameter(1)
    let note = "not a parameter"
  }

  private final class Reference: Module {
    let shift = ModuleTests.parameter(2)
  }

  private enum Head: Module {
    case none
    case single(Inner)
  }

  private struct Outer: Module {
    let first = Inner()
    let many = [Inner(), Inner()]
    let maybe: Inner? = Inner()
    let never: Inner? = nil
    let bare: Parameter? = ModuleTests.parameter(3)
    let list = [ModuleTests.parameter(4)]
    let shared = Reference()
    let boxed: any Module = Inner()
    let count = 7
    let empty: [Inner] = []
  }

  @Test("Reflection finds parameters through modules, arrays, optionals, classes and boxes")
  func reflection() {
    #expect(
      Outer().namedParameters.map(\.path) == [
        "first/scale", "many/0/scale", "many/1/scale", "maybe/scale", "bare", "list/0",
        "shared/shift", "boxed/scale",
      ])
    #expect(Outer().parameterCount == 5 + 3 + 4 + 2)
  }

  @Test("A module within a case of an enumeration is found")
  func enumerations() {
    struct Model: Module { let head: Head }
    #expect(Model(head: .none).namedParameters.isEmpty)
    #expect(Model(head: .single(Inner())).parameters.count == 1)
  }

  @Test("Naming writes a unique path into each parameter")
  func naming() {
    let model = Outer()
    #expect(model.parameters.allSatisfy { $0.path.isEmpty })
    model.nameParameters()
    let paths = model.parameters.map(\.path)
    #expect(Set(paths).count == paths.count)
    #expect(paths[1] == "many/0/scale")
  }

  @Test("Layers of a sequence are numbered, nested sequences too, those without parameters counted")
  func sequences() {
    struct Network: Module { let encoder: Sequential }
    var random = RandomSource(seed: 0)
    let network = Network(
      encoder: Sequential([
        Linear(inputSize: 2, outputSize: 3, using: &random), Activation.relu, Dropout(rate: 0.1),
        Sequential([Linear(inputSize: 3, outputSize: 1, using: &random)]),
      ]))
    #expect(
      network.namedParameters.map(\.path) == [
        "encoder/0/weight", "encoder/0/bias", "encoder/3/0/weight", "encoder/3/0/bias",
      ])
  }

  @Test("A sequence applies its layers in order, an empty one nothing")
  func application() throws {
    struct Times: Layer {
      let factor: Float
      let summand: Float
      func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
        x * Tensor(factor) + Tensor(summand)
      }
    }
    var pass = Pass.evaluation()
    let x = Tensor(NDArray([1, 2], shape: [2]))
    let layers = Sequential([Times(factor: 2, summand: 1), Times(factor: 3, summand: -1)])
    #expect(try layers(x, using: &pass).evaluated().scalars == [8, 14])
    #expect(Sequential([])(x, using: &pass) == x)
  }
}
