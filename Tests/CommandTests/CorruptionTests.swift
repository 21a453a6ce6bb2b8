import Foundation
import LatentZoo
import Testing

extension CommandTests {
  /// What models make of damaged examples.
  @Suite struct CorruptionTests {
    let model: UsedModel

    init() throws { model = try UsedModel() }

    @Test("Restoration is measured against the undamaged examples") func evaluate() throws {
      let whole = try model.succeed(
        "evaluate", "vae-digits", "--data", "digits", "--limit", "200", "--json"
      ).json()
      #expect(whole["restoration"] == nil)
      let document = try model.succeed(
        "evaluate", "vae-digits", "--data", "digits", "--limit", "200", "--corruption", "masking",
        "--corruption-amount", "1", "--json"
      ).json()
      #expect(document["squaredError"] as? Double == whole["squaredError"] as? Double)
      let restoration = try #require(document["restoration"] as? [String: Any])
      let digits = try DataSource(parsing: "digits").open().train
      let energy = try digits.examples(0..<200).scalars
        .reduce(0.0) { $0 + Double($1) * Double($1) }
      let damage = try #require(restoration["damage"] as? Double)
      #expect(abs(damage / (energy / 200) - 1) < 1e-4)
      #expect(try #require(restoration["squaredError"] as? Double) > 0)
      let text = try model.succeed(
        "evaluate", "vae-digits", "--data", "digits", "--limit", "50", "--corruption", "gaussian",
        "--corruption-amount", "0.2")
      #expect(text.output.contains("squared error of damaged examples (gaussian 0.2)"), "\(text)")
    }

    @Test("Originals, damaged and restored stand one above the other") func reconstruct() throws {
      try model.succeed(
        "reconstruct", "vae-digits", "--data", "digits", "--corruption", "masking",
        "--corruption-amount", "1", "--out", "three.png")
      let picture = try Picture(pngAt: model.path("three.png"))
      #expect(picture.width == 8 * 66 + 2 && picture.height == 6 * 66 + 2)
      let damaged = (0..<64).map { picture.rgb(x: 2 + $0, y: 68 + $0).red }
      #expect(damaged.allSatisfy { $0 == 0 })
      for (seed, file) in [("1", "a.npy"), ("1", "b.npy"), ("2", "c.npy")] {
        try model.succeed(
          "reconstruct", "vae-digits", "--data", "digits", "--corruption", "saltAndPepper",
          "--seed", seed, "--out", file)
      }
      let first = try ArrayFile.read(model.path("a.npy"))
      #expect(first == (try ArrayFile.read(model.path("b.npy"))))
      #expect(first != (try ArrayFile.read(model.path("c.npy"))))
    }

    @Test("Damage that cannot be done is refused in a sentence") func refusals() throws {
      let zoo = try VectorZoo.shared()
      let vectors = try UsedModel(zoo: zoo.folder.path)
      for command in ["evaluate", "reconstruct"] {
        #expect(
          try vectors.failure(
            command, "ae-vectors", "--data", zoo.source, "--corruption", "squares")
            == "latentzoo: error: squares needs images, and examples are 5; choose masking\n")
        let usage = try vectors.run(
          command, "ae-vectors", "--data", zoo.source, "--corruption", "masking",
          "--corruption-amount", "1.5")
        #expect(usage.status == 64 && usage.messages.contains("--corruption-amount lies in 0...1"))
      }
    }
  }
}
