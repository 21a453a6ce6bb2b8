import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct ObservationModelTests {
  private let x = NDArray([0, 0.25, 0.5, 1, 1, 0], shape: [2, 3])
  private let output = NDArray([-2, 0.5, 3, 1, 0, -1], shape: [2, 3])

  private func values(_ model: ObservationModel, _ output: NDArray) throws -> [NDArray] {
    let output = Tensor(output)
    return try Tensor.evaluated([
      model.negativeLog(of: Tensor(x), under: output), model.mean(of: output),
    ])
  }

  /// `-log N` of each example, summed over its elements.
  private func expected(_ logVariance: (Int) -> Double) -> [Double] {
    (0..<2).map { row in
      (row * 3..<row * 3 + 3).reduce(0) { sum, place in
        let distance = Double(x.scalars[place]) - Double(output.scalars[place])
        let logVariance = logVariance(place)
        return sum + distance * distance / (2 * exp(logVariance))
          + (logVariance + log(2 * .pi)) / 2
      }
    }
  }

  @Test("Bernoulli outputs are logits, whose mean is a probability")
  func bernoulli() throws {
    let values = try values(ObservationModel(.bernoulli, variance: .perElement), output)
    let losses = (0..<2).map { row in
      (row * 3..<row * 3 + 3).reduce(0.0) { sum, place in
        let p = 1 / (1 + exp(-Double(output.scalars[place])))
        let value = Double(x.scalars[place])
        return sum - value * log(p) - (1 - value) * log(1 - p)
      }
    }
    expectClose(values[0].scalars, losses)
    expectClose(values[1].scalars, output.scalars.map { 1 / (1 + exp(-Double($0))) })
  }

  @Test("A fixed and a shared variance give the same density where they are equal")
  func oneVariance() throws {
    for variance in [OutputVariance.fixed, .shared] {
      let model = ObservationModel(.gaussian, variance: variance, startingVariance: 0.3)
      #expect(model.parameters.count == (variance == .shared ? 1 : 0))
      #expect(model.outputCount == 1)
      let values = try values(model, output)
      expectClose(values[0].scalars, expected { _ in log(0.3) })
      #expect(values[1] == output)
    }
  }

  @Test("A variance for each element is the second half of the output along the first axis")
  func perElement() throws {
    let model = ObservationModel(.gaussian, variance: .perElement)
    #expect(model.outputCount == 2 && model.parameters.isEmpty)
    let logVariances: [Float] = [0, 1, -1, 0.5, 2, -1.5]
    var both: [Float] = []
    for row in 0..<2 {
      let places = row * 3..<row * 3 + 3
      both += output.scalars[places]
      both += logVariances[places]
    }
    let values = try values(model, NDArray(both, shape: [2, 6]))
    expectClose(values[0].scalars, expected { Double(logVariances[$0]) })
    #expect(values[1] == output)
  }

  @Test("A learned variance ends at that of the data, and never at nothing")
  func limits() throws {
    let model = ObservationModel(.gaussian, variance: .shared, startingVariance: 1)
    let parameter = try #require(model.logVariance)
    parameter.value = NDArray(-100)
    let output = Tensor(self.x)
    let loss = model.negativeLog(of: Tensor(x), under: output).sum()
    let slope = try #require(try gradients(of: loss, withRespectTo: [parameter.tensor])[0])
    let values = try Tensor.evaluated([loss, slope])
    #expect(values.allSatisfy { $0.scalars[0].isFinite })
    let least = 3 * (Double(ObservationModel.leastLogVariance) + log(2 * Double.pi))
    #expect(Double(values[0].scalars[0]) >= least - 1e-3)
  }
}
