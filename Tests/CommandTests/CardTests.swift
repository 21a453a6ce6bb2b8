import Foundation
import Testing

extension CommandTests {
  @Suite struct CardTests {
    @Test("The card is Markdown with front matter on standard output") func markdown() throws {
      let run = try UsedModel().succeed("card", "vae-digits")
      #expect(run.output.hasPrefix("---\nlicense: cc0-1.0\nlibrary_name: latentzoo\n"), "\(run)")
      for words in [
        "Kingma and Welling 2014, Auto-encoding variational Bayes](https://",
        "| `encoder/head/mean`",
        "CC BY 4.0", "| 2 of 2, in ", "validation examples of digits", "import VAEFamily",
        "latentzoo sample vae-digits --out samples.png", "## Limitations",
      ] { #expect(run.output.contains(words), "no '\(words)' in \(run)") }
    }

    @Test("--out writes the card, and --pictures what it shows") func files() throws {
      let model = try UsedModel()
      let run = try model.succeed("card", "vae-digits", "--out", "README.md", "--pictures")
      #expect(run.output.isEmpty && run.messages.contains("wrote README.md"), "\(run)")
      #expect(
        Set(try model.folder.names).isSuperset(of: [
          "README.md", "README-preview.png", "README-samples.png",
        ]))
      let text = try String(contentsOfFile: model.path("README.md"), encoding: .utf8)
      #expect(text.contains("](README-samples.png)"))
    }

    @Test("--json has the record, the limits and the layers") func json() throws {
      let document = try UsedModel().succeed("card", "vae-digits", "--json").json()
      for key in ["record", "layers", "limitations", "metadata", "history"] {
        #expect(document[key] != nil, "no \(key)")
      }
    }

    @Test("A model is not replaced by its card, and options must fit") func refusals() throws {
      let model = try UsedModel()
      let zoo = try TrainedZoo.shared()
      let message = try model.failure("card", "vae-digits", "--out", zoo.path(of: "vae-digits"))
      #expect(message.contains("is a model, which would be lost"), "\(message)")
      for options in [["--pictures"], ["--json", "--out", "x.md"]] {
        #expect(try runCommand(["card", "vae-digits"] + options).status == 64)
      }
    }
  }

  @Suite struct DiffTests {
    @Test("A model is the same as its copy, whatever the copy's name") func same() throws {
      let model = try UsedModel()
      try FileManager.default.copyItem(
        atPath: try TrainedZoo.shared().path(of: "vae-digits"), toPath: model.path("copy.h5"))
      let run = try model.run("diff", "vae-digits", "copy.h5")
      #expect(run.status == 0 && run.output.contains("hold the same model"), "\(run)")
      #expect(run.output.contains("tensors: 10 equal\n"), "\(run)")
      let document = try model.succeed("diff", "vae-digits", "./copy.h5", "--json").json()
      #expect(document["isEqual"] as? Bool == true)
    }

    @Test("Two models differ in settings and tensors, with status 1") func different() throws {
      let run = try UsedModel().run("diff", "vae-digits", "deep-ae-digits")
      #expect(run.status == 1 && run.messages.isEmpty, "\(run)")
      for words in ["family ", "→  ae", "configuration.", "only in the first", "metrics"] {
        #expect(run.output.contains(words), "no '\(words)' in \(run)")
      }
    }

    @Test("Other seeds give other values, measured tensor by tensor") func values() throws {
      let model = try UsedModel()
      try model.succeed(
        "train", "vae", "--data", "digits", "--epochs", "2", "--set", "hiddenSizes=[16]", "--seed",
        "2", "--zoo", ".", "--name", "other", "--licence", "CC0-1.0")
      let run = try model.run("diff", "vae-digits", "./other.h5", "--json")
      #expect(run.status == 1, "\(run)")
      let tensors = try #require(try run.json()["tensors"] as? [String: Any])
      let different = try #require(tensors["different"] as? [[String: Any]])
      #expect(different.count == 10)
      let shares = different.compactMap { $0["relative"] as? Double }
      #expect(shares == shares.sorted(by: >))
    }

    @Test("A file that cannot be read is an error without a result") func unreadable() throws {
      let message = try UsedModel().failure("diff", "vae-digits", "nothing")
      #expect(message.contains("there is no model \"nothing\""), "\(message)")
    }
  }
}
