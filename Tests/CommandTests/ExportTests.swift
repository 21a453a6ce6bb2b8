import Foundation
import LatentZoo
import TestSupport
import Testing

extension CommandTests {
  @Suite struct ExportTests {
    let model: UsedModel

    init() throws { model = try UsedModel() }

    private func files() throws -> [String] { try model.folder.names.filter { !$0.hasPrefix(".") } }

    @Test("ONNX is a file for each network, and the report says so") func onnx() throws {
      let run = try model.succeed("export", "vae-digits", "--format", "onnx")
      #expect(try files() == ["vae-digits.decoder.onnx", "vae-digits.encoder.onnx"])
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(
        lines[0].hasPrefix("wrote the encoder of vae-digits to ./vae-digits.encoder.onnx, "))
      let json = try model.succeed(
        "export", "vae-digits", "--format", "onnx", "--part", "decoder", "-o", "d.onnx", "--json"
      ).json()
      let written = try #require((json["files"] as? [[String: Any]])?.first)
      #expect(
        written["path"] as? String == "d.onnx" && written["parts"] as? [String] == ["decoder"])
      #expect(json["replaced"] as? Bool == false && json["format"] as? String == "onnx")
    }

    @Test("Any function of the graph can be exported by name") func furtherParts() throws {
      try model.succeed("export", "vae-digits", "--format", "onnx", "--part", "posterior")
      #expect(try files() == ["vae-digits.posterior.onnx"])
      let said = try model.failure(
        "export", "vae-digits", "--format", "onnx", "--part", "discriminator")
      #expect(
        said.contains("it has decoder, encoder, negative_log_likelihood, posterior"), "\(said)")
    }

    @Test("A file that is there stays unless --force is given") func force() throws {
      try Data("precious".utf8).write(to: URL(fileURLWithPath: model.path("w.safetensors")))
      let said = try model.failure(
        "export", "vae-digits", "--format", "safetensors", "-o", "w.safetensors")
      #expect(said.contains("there is a file w.safetensors already") && said.contains("--force"))
      let run = try model.succeed(
        "export", "vae-digits", "--format", "safetensors", "-o", "w.safetensors", "--force")
      #expect(run.output.contains("in place of the former file"))
    }

    @Test("A checkpoint is not even replaced with --force") func checkpoints() throws {
      let checkpoint = model.path("model.h5")
      try FileManager.default.copyItem(
        atPath: try TrainedZoo.shared().path(of: "vae-digits"), toPath: checkpoint)
      let said = try model.failure(
        "export", "vae-digits", "--format", "keras", "-o", "model.h5", "--force")
      #expect(said.contains("model.h5"), "\(said)")
    }

    @Test("External weights stay in the checkpoint, beside which the file must lie")
    func external() throws {
      try FileManager.default.createDirectory(
        atPath: model.path("zoo"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: try TrainedZoo.shared().path(of: "vae-digits"), toPath: model.path("zoo/m.h5"))
      try model.succeed("export", "zoo/m.h5", "--format", "onnx", "--external")
      let file = model.path("zoo/vae-digits.encoder.onnx")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
      #expect(bytes.count < 4000)
      #expect(bytes.range(of: Data("m.h5".utf8)) != nil)
      let said = try model.failure(
        "export", "zoo/m.h5", "--format", "onnx", "--external", "-o", "./", "--part", "decoder")
      #expect(said.contains("which ONNX Runtime refuses to read"), "\(said)")
    }

    @Test("The Keras file has what its reader looks for") func keras() throws {
      try model.succeed("export", "vae-digits", "--format", "keras")
      let script = """
        import h5py, json, sys
        file = h5py.File(sys.argv[1])
        model = json.loads(file.attrs["model_config"])
        names = [name.decode() for name in file["model_weights"].attrs["layer_names"]]
        assert names == [layer["name"] for layer in model["config"]["layers"]]
        groups = [file["model_weights"][name] for name in names]
        weights = [(weight.decode(), list(group[weight].shape)) for group in groups
                   for weight in group.attrs["weight_names"]]
        print(model["class_name"], [layer["class_name"] for layer in model["config"]["layers"]], weights[0])
        """
      let found = try Python.run(script, [model.path("vae-digits.keras.h5")])
      #expect(
        found
          == "Functional ['InputLayer', 'Reshape', 'Dense', 'Activation', 'Dense', 'Dense', "
          + "'Activation', 'Dense', 'Reshape', 'Activation'] "
          + "('encoder_features_hidden_layers_0/kernel', [64, 16])\n")
    }

    @Test("Wrong places and parts are refused") func refusals() throws {
      let several = try model.failure("export", "vae-digits", "--format", "onnx", "-o", "a.onnx")
      #expect(several.contains("a.onnx is one file, and encoder and decoder make one each"))
      let ending = try model.failure("export", "vae-digits", "--format", "keras", "-o", "a.keras")
      #expect(ending.contains("a.keras does not end in .keras.h5"))
      let part = try model.failure(
        "export", "vae-digits", "--format", "onnx", "--part", "encoder_with_labels", "-o", "a.onnx")
      #expect(part.contains("vae-digits has no encoder_with_labels that can be exported"))
      for arguments in [
        ["--format", "safetensors", "--external"], ["--format", "onnx", "--slashes"],
        ["--format", "safetensors", "--part", "encoder"], ["--format", "onnx", "--out", "-"],
        ["--format", "pickle"],
      ] {
        #expect(try runCommand(["export", "vae-digits"] + arguments).status == 64)
      }
    }
  }
}
