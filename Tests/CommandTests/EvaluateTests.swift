import Foundation
import Testing

extension CommandTests {
  @Suite struct EvaluateTests {
    let model: UsedModel

    init() throws { model = try UsedModel() }

    @Test("The document has losses, errors and what codes tell of classes") func json() throws {
      let run = try model.succeed("evaluate", "vae-digits", "--data", "digits", "--json")
      let document = try run.json()
      #expect(document["model"] as? String == "vae-digits")
      #expect(document["data"] as? String == "digits")
      #expect(document["count"] as? Int == 1797)
      #expect(document["isTrainingData"] as? Bool == true)
      let losses = try #require(document["losses"] as? [String: Double])
      #expect(Set(losses.keys) == ["loss", "reconstruction", "kl"])
      let squared = try #require(document["squaredError"] as? Double)
      let mean = try #require(document["meanSquaredError"] as? Double)
      #expect(squared > 0 && abs(mean * 64 - squared) < 1e-9)
      let latent = try #require(document["latent"] as? [String: Any])
      let classification = try #require(latent["classification"] as? [String: Any])
      #expect(classification["method"] as? String == "leave-one-out")
      #expect(classification["referenceCount"] as? Int == 1796)
      let accuracy = try #require(classification["accuracy"] as? Double)
      #expect((0.3...1).contains(accuracy))
      #expect(abs(try #require(classification["dataAccuracy"] as? Double) - 0.988) < 0.003)
      let probe = try #require(latent["probe"] as? [String: Any])
      #expect(probe["method"] as? String == "cross-validation" && probe["folds"] as? Int == 5)
      #expect((0.3...1).contains(try #require(probe["accuracy"] as? Double)))
      #expect((probe["controls"] as? [String: Double])?.isEmpty == true)
      let clustering = try #require(latent["clustering"] as? [String: Any])
      #expect(clustering["clusters"] as? Int == 10)
      for name in ["purity", "accuracy", "normalizedMutualInformation", "adjustedRandIndex"] {
        #expect((0...1).contains(try #require(clustering[name] as? Double)), "\(name)")
      }
    }

    @Test("The same seed measures the same") func sameSeed() throws {
      let arguments = ["evaluate", "vae-digits", "--data", "digits", "--limit", "300", "--json"]
      let environment = ["LATENTZOO_PATH": try TrainedZoo.shared().folder.path]
      let first = try runCommand(arguments, environment: environment)
      #expect(first.status == 0, "\(first)")
      #expect(try runCommand(arguments, environment: environment).output == first.output)
    }

    @Test("The text says how each number was estimated") func text() throws {
      let run = try model.succeed(
        "evaluate", "vae-digits", "--data", "digits", "--limit", "200")
      for words in [
        "vae-digits on first 200 of digits, 200 examples; the model was trained on this data",
        "mean over examples, summed over 64 elements", "mean over elements",
        "5 nearest of 199 others (leave-one-out), 200 codes", "the same without the model",
        "k-means into 10, 200 codes",
      ] { #expect(run.output.contains(words), "no '\(words)' in \(run)") }
      #expect(run.messages.isEmpty)
    }

    @Test("The likelihood is estimated where that is asked for, with its errors")
    func likelihood() throws {
      let document = try model.succeed(
        "evaluate", "vae-digits", "--data", "digits", "--limit", "100", "--importance-samples",
        "20",
        "--json"
      ).json()
      let estimate = try #require(document["negativeLogLikelihood"] as? [String: Any])
      let losses = try #require(document["losses"] as? [String: Double])
      let mean = try #require(estimate["mean"] as? Double)
      #expect(mean < (try #require(losses["loss"])))
      #expect(estimate["sampleCount"] as? Int == 20 && estimate["count"] as? Int == 100)
      let text = try model.succeed(
        "evaluate", "vae-digits", "--data", "digits", "--limit", "9", "--importance-samples", "2")
      #expect(text.output.contains("nats per example, 2 importance samples each"))
      let plain = try model.succeed(
        "evaluate", "vae-digits", "--data", "digits", "--limit", "9", "--json")
      #expect(try plain.json()["negativeLogLikelihood"] == nil)
    }

    @Test("Codes are compared with the model's prior, or one that is asked for") func prior() throws
    {
      let own = try model.succeed(
        "evaluate", "vae-digits", "--data", "digits", "--limit", "100", "--json"
      ).json()
      let found = try #require(own["prior"] as? [String: Any])
      #expect(found["prior"] as? String == "standardNormal" && found["count"] as? Int == 100)
      let other = try model.succeed(
        "evaluate", "vae-digits", "--data", "digits", "--limit", "100", "--prior", "uniform")
      #expect(other.output.contains("of 100 codes from: uniform from -1.0 to 1.0"))
      let refused = try model.run(
        "evaluate", "vae-digits", "--data", "digits", "--prior", "swissRoll")
      #expect(refused.status != 0)
      #expect(refused.messages.contains("the swissRoll prior does not fit codes of"))
    }

    @Test("Families without a likelihood say so") func noLikelihood() throws {
      let zoo = try VectorZoo.shared()
      let message = try UsedModel(zoo: zoo.folder.path).failure(
        "evaluate", "ae-vectors", "--data", zoo.source, "--importance-samples", "20")
      #expect(
        message.contains(
          "ae-vectors is a model of the family ae, which gives data no likelihood: "
            + "leave --importance-samples out"))
    }

    @Test("Test codes are compared with training codes") func testPart() throws {
      let zoo = try VectorZoo.shared()
      let vectors = try UsedModel(zoo: zoo.folder.path)
      let document = try vectors.succeed(
        "evaluate", "ae-vectors", "--data", zoo.source, "--json"
      ).json()
      #expect(document["data"] as? String == "test part of idx:vectors")
      #expect(document["isTrainingData"] as? Bool == false)
      let latent = try #require(document["latent"] as? [String: Any])
      let classification = try #require(latent["classification"] as? [String: Any])
      #expect(classification["method"] as? String == "train-to-test")
      #expect(classification["count"] as? Int == 20)
      #expect(classification["referenceCount"] as? Int == 60)
      #expect(classification["dataAccuracy"] as? Double == 1)
      let training = try vectors.succeed(
        "evaluate", "ae-vectors", "--data", zoo.source, "--part", "train", "--json"
      ).json()
      #expect(training["data"] as? String == "training part of idx:vectors")
      #expect(training["isTrainingData"] as? Bool == true)
    }
  }
}
