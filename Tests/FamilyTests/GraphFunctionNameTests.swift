import Foundation
import LatentZoo
import TestSupport
import Testing

/// The functions of a model's graph beside encoding and decoding, by name.
@Suite struct GraphFunctionNameTests {
  private func model(_ family: String) throws -> (model: Model, data: Dataset) {
    let data = try FamilyTests.digits(4)
    let registry = try FamilyTests.makeRegistry()
    let specification = try registry.specification(
      for: family, settings: [Setting(key: "hiddenSizes", value: [8])], data: data.signature)
    var random = RandomSource(seed: 1)
    let made = try registry.makeModel(specification, using: &random)
    return (Model(made, record: .sample(specification, made)), data)
  }

  @Test(
    "Each family tells its networks by names that stay",
    arguments: [
      ("ae", ["decoder", "encoder"]),
      ("vae", ["decoder", "encoder", "negative_log_likelihood", "posterior"]),
      ("cvae", ["decoder", "encoder", "negative_log_likelihood", "posterior"]),
      ("aae", ["decoder", "discriminator", "encoder"]),
      ("gaussian-aae", ["decoder", "discriminator", "encoder", "posterior"]),
      (
        "aae-semi-supervised",
        [
          "class_discriminator", "decoder", "encoder", "encoder_with_labels",
          "style_discriminator",
        ]
      ),
    ])
  func names(_ family: String, _ names: [String]) throws {
    #expect(try model(family).model.graph.functions.keys.sorted() == names)
  }

  @Test("The mean of the posterior is the code, and its likelihood that of the family")
  func posterior() throws {
    let (model, data) = try model("vae")
    let x = try data.examples(0..<4)
    let posterior = try model.run("posterior", on: ["x": x])
    #expect(posterior.keys.sorted() == ["z_log_variance", "z_mean"])
    let mean = try #require(posterior["z_mean"])
    #expect(try mean == model.encode(x))
    let nats = try model.run("negative_log_likelihood", on: ["x": x, "z": mean])["nats"]
    let y = try model.decode(mean).scalars
    let size = data.shape.featureCount
    for row in 0..<4 {
      let places = row * size..<(row + 1) * size
      let wanted = places.reduce(0.0) { sum, place in
        let (p, t) = (Double(y[place]), Double(x.scalars[place]))
        return sum - t * log(p) - (1 - t) * log(1 - p)
      }
      let found = Double(try #require(nats).scalars[row])
      #expect(abs(found - wanted) < 1e-4 * wanted)
    }
  }

  @Test("A wrong name, missing inputs and numbers that are none are refused with what there is")
  func refusals() throws {
    let (model, data) = try model("vae")
    func message(_ name: String, _ inputs: [String: NDArray]) -> String {
      do {
        _ = try model.run(name, on: inputs)
        return "nothing was thrown"
      } catch {
        return "\(error)"
      }
    }
    #expect(
      message("discriminator", [:])
        == "test-model has no function \"discriminator\"; it has decoder, encoder, "
        + "negative_log_likelihood, posterior")
    let x = try data.examples(0..<2)
    #expect(
      message("negative_log_likelihood", ["x": x])
        == "negative_log_likelihood of test-model takes x [N, 1, 8, 8] and z [N, 20], and nothing else"
    )
    #expect(
      message("posterior", ["x": x, "z": x])
        == "posterior of test-model takes x [N, 1, 8, 8], and nothing else")
    #expect(
      message("posterior", ["x": NDArray(repeating: .nan, shape: x.shape)])
        == "x 0 for test-model holds a number that is not finite: remove or replace it")
    #expect(
      message("posterior", ["x": NDArray(repeating: 0, shape: [2, 3])]).contains(
        "input \"x\" has the shape [2, 3], not [2, 1, 8, 8]"))
  }
}
