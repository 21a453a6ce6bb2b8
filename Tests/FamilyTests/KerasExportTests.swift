import Foundation
import LatentZoo
import TestSupport
import Testing

/// What `export --format keras` writes, looked at with h5py; `Scripts/compare_exchange.py` runs it in Keras.
@Suite struct KerasExportTests {
  /// Layers whose inputs are layers, weights that are there, and nothing but classes of Keras' own, for each file of a folder.
  private static let script = """
    import h5py, json, pathlib, sys
    stock = set('''Activation Add BatchNormalization Concatenate Conv2D Conv2DTranspose Cropping2D Dense Embedding
        GlobalMaxPooling1D GroupNormalization InputLayer LeakyReLU Multiply Permute Rescaling Reshape Subtract UpSampling2D
        ZeroPadding2D'''.split())
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.h5")):
        with h5py.File(path) as file:
            model = json.loads(file.attrs["model_config"])["config"]
            known = set()
            for layer in model["layers"]:
                assert layer["class_name"] in stock, (path, layer["class_name"])
                assert layer["name"] not in known and "/" not in layer["name"], (path, layer["name"])
                inputs = [end[0] for node in layer["inbound_nodes"] for end in node]
                assert known.issuperset(inputs), (path, layer["name"], inputs)
                group = file["model_weights"][layer["name"]]
                assert all(name in group for name in group.attrs["weight_names"]), (path, layer["name"])
                known.add(layer["name"])
            weighted = [layer["name"] for layer in model["layers"] if len(file["model_weights"][layer["name"]])]
            stored = [name.decode() for name in file["model_weights"].attrs["layer_names"]]
            assert weighted == [name for name in stored if name in weighted], path
            ends = model["input_layers"]
            names = [ends[0]] if isinstance(ends[0], str) else [end[0] for end in ends]
            print(path.stem, ",".join(names), "->", model["output_layers"][0])
    """

  /// Models without recurrences, of every family and backbone.
  private static let examples = ExchangeCase.all.filter {
    $0.backbone != "recurrent" && !["seq-ae", "skip-thought", "quick-thought"].contains($0.family)
  }

  private func withFolder(_ body: (_ folder: URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("latentzoo-keras-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("keras"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func exporter(_ example: ExchangeCase, _ folder: URL) throws -> ModelExporter {
    let registry = try FamilyTests.makeRegistry()
    let model = try example.model(on: try example.dataset(), registry: registry)
    let path = folder.appendingPathComponent("model.h5").path
    try Checkpoint.write(model, to: path)
    return try ModelExporter(checkpoint: path)
  }

  @Test("Every network that is not recurrent is told in Keras' own layers") func everyNetwork()
    throws
  {
    try withFolder { folder in
      var fileCount = 0
      for (number, example) in Self.examples.enumerated() {
        let exporter = try exporter(example, folder)
        var choices = exporter.parts.map { [$0] }
        choices.append(exporter.parts.filter { $0 != .labelledEncoder })
        for (place, parts) in choices.enumerated() {
          let path = folder.appendingPathComponent("keras/\(number)-\(place).h5").path
          try exporter.writeKeras(parts, to: path)
          fileCount += 1
        }
      }
      let keras = folder.appendingPathComponent("keras").path
      let lines = try Python.run(Self.script, [keras]).split(separator: "\n")
      #expect(lines.count == fileCount)
    }
  }

  @Test("Labels are a second input of the whole autoencoder") func labels() throws {
    try withFolder { folder in
      let example = ExchangeCase("cvae", "dense", ["hiddenSizes=[12]", "styleSize=3"])
      let exporter = try exporter(example, folder)
      let keras = folder.appendingPathComponent("keras")
      try exporter.writeKeras(
        [.encoder, .decoder], to: keras.appendingPathComponent("cvae.h5").path)
      #expect(try Python.run(Self.script, [keras.path]) == "cvae x,labels -> sigmoid\n")
    }
  }

  @Test("A recurrence is refused by name") func recurrence() throws {
    try withFolder { folder in
      let example = ExchangeCase(
        "seq-ae", nil, ["hiddenSize=8", "decoderSize=10", "latentSize=3"], on: .sentences)
      let exporter = try exporter(example, folder)
      let error = #expect(throws: ExchangeError.self) {
        try exporter.writeKeras([.encoder], to: folder.appendingPathComponent("keras/m.h5").path)
      }
      #expect(
        error?.description.hasSuffix(
          "cannot be told in layers of Keras: no layer of Keras says the same; "
            + "export as onnx, which takes every network") == true, "\(String(describing: error))")
    }
  }
}
