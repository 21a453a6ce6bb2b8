import Foundation
import LatentZoo
import Testing

extension CommandTests {
  @Suite struct ImportTests {
    let model: UsedModel

    init() throws {
      model = try UsedModel()
      try model.succeed("export", "vae-digits", "--format", "safetensors", "-o", "w.safetensors")
    }

    /// Changes the tensors of the exported file.
    private func rewrite(_ change: (inout [String: NDArray]) -> Void) throws {
      let file = try SafetensorsFile(path: model.path("w.safetensors"))
      var tensors: [String: NDArray] = [:]
      for name in file.shapes.keys { tensors[name] = try file.tensor(named: name) }
      change(&tensors)
      try SafetensorsFile.write(
        tensors.map { (name: $0.key, value: $0.value) }, to: model.path("w.safetensors"))
    }

    private func checkSameCodes(of name: String) throws {
      for (model, file) in [("vae-digits", "a.npy"), (name, "b.npy")] {
        try self.model.succeed(
          "encode", model, "--data", "digits", "--limit", "9", "--out", file)
      }
      #expect(try ArrayFile.read(model.path("a.npy")) == ArrayFile.read(model.path("b.npy")))
    }

    @Test("What was exported comes back, into a model like it") func roundTrip() throws {
      let run = try model.succeed(
        "import", "w.safetensors", "--like", "vae-digits", "--name", "copy", "--zoo", ".", "--json")
      let report = try run.json()
      #expect((report["weights"] as? [String: Any])?["matchedCount"] as? Int == 10)
      #expect(report["name"] as? String == "copy")
      try checkSameCodes(of: "./copy.h5")
    }

    @Test("A family and a shape stand in for a model") func byFamily() throws {
      try model.succeed(
        "import", "w.safetensors", "--family", "vae", "--set", "hiddenSizes=[16]", "--shape",
        "1x8x8", "--classes", "10", "--name", "copy", "--zoo", ".")
      try checkSameCodes(of: "./copy.h5")
    }

    @Test("Names are mapped, PyTorch's counts of batches left out") func mapping() throws {
      try rewrite { tensors in
        tensors = Dictionary(
          uniqueKeysWithValues: tensors.map { name, value in
            ("module." + name.replacing("encoder.head.mean", with: "mu"), value)
          })
        tensors["module.norm.num_batches_tracked"] = NDArray(3)
      }
      let said = try model.failure(
        "import", "w.safetensors", "--like", "vae-digits", "--name", "copy", "--zoo", ".")
      #expect(said.contains("missing decoder/hidden/layers/0/bias, "), "\(said)")
      #expect(said.contains("unexpected module.decoder.hidden.layers.0.bias, "))
      #expect(said.contains("; try --map module="))
      let run = try model.succeed(
        "import", "w.safetensors", "--like", "vae-digits", "--name", "copy", "--zoo", ".", "--map",
        "module.mu=encoder/head/mean", "--map", "module.=")
      #expect(run.output.contains("left out module.norm.num_batches_tracked"))
      try checkSameCodes(of: "./copy.h5")
    }

    @Test("Everything that does not fit is listed, and nothing is saved") func strict() throws {
      try rewrite { tensors in
        tensors["decoder.output.bias"] = nil
        tensors["extra"] = NDArray(1)
        tensors["encoder.head.mean.weight"] = NDArray(repeating: 1, shape: [16, 20])
      }
      let said = try model.failure(
        "import", "w.safetensors", "--like", "vae-digits", "--name", "copy", "--zoo", ".")
      #expect(
        said.hasSuffix(
          "w.safetensors: the weights do not fit the model: missing decoder/output/bias; "
            + "unexpected extra; encoder/head/mean/weight has shape [16, 20] instead of [20, 16], "
            + "it lies transposed\n"), "\(said)")
      let run = try runCommand(
        [
          "import", "w.safetensors", "--like", "vae-digits", "--name", "copy", "--zoo", ".",
          "--json",
        ],
        environment: ["LATENTZOO_PATH": try TrainedZoo.shared().folder.path],
        workingFolder: model.folder.path)
      #expect(run.status == 1)
      let report = try run.json()["weights"] as? [String: Any]
      #expect(report?["missing"] as? [String] == ["decoder/output/bias"])
      #expect(report?["unexpected"] as? [String] == ["extra"])
    }

    @Test("Wrong use is refused") func usage() throws {
      for arguments in [
        ["--name", "x"], ["--name", "x", "--family", "vae"],
        ["--name", "x", "--like", "vae-digits", "--shape", "8"],
        ["--name", "x", "--family", "vae", "--shape", "8x"],
      ] {
        #expect(try runCommand(["import", "w.safetensors"] + arguments).status == 64)
      }
    }
  }
}
