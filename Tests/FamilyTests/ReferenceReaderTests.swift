import Foundation
import LatentZoo
import TestSupport
import Testing

/// The reader in `checkpoints/readers`, which knows no family, against ours.
@Suite struct ReferenceReaderTests {
  private static let readers = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("checkpoints/readers").path

  /// Encodes and decodes what lies beside each checkpoint, and prints how far it is from what lies there too.
  private static let script = """
    import pathlib, sys
    sys.path.insert(0, sys.argv[1])
    import latentzoo, numpy as np
    folder = pathlib.Path(sys.argv[2])
    def error(found, wanted):
        assert found.shape == wanted.shape, (found.shape, wanted.shape)
        return np.abs(found - wanted).max() / np.abs(wanted).max()
    for entry in latentzoo.list_zoo(folder):
        model = latentzoo.load(entry["name"], zoo=folder)
        array = lambda name: np.load(folder / f"{entry['name']}.{name}.npy")
        labels = folder / f"{entry['name']}.labels.npy"
        labels = np.load(labels) if labels.exists() else None
        print(entry["name"], "encoder", error(model.encode(array("x"), labels), array("z")))
        if "decoder" in model.functions:
            print(entry["name"], "decoder", error(model.decode(array("z")), array("y")))
            samples = model.sample(5, seed=1)
            assert samples.shape == (5, *model.data_shape) and np.isfinite(samples).all()
        for name, function in model.functions.items():
            if name in ("encoder", "encoder_with_labels", "decoder"): continue
            results = model.run(name, **{key: array(f"{name}.{key}") for key in function.input_names})
            for key, result in zip(function.output_names, results):
                print(entry["name"], f"{name}.{key}", error(result, array(f"{name}.{key}")))
    """

  private func withFolder(_ body: (_ folder: URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("latentzoo-readers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test("It agrees for every family and backbone") func agreement() throws {
    try withFolder { try checkAgreement(in: $0) }
  }

  @Test(
    "It names what is damaged, and operators it does not know",
    arguments: [
      (
        "file['networks/encoder/head/weight'][0, 0] = 7",
        "is damaged in networks/encoder/head/weight"
      ),
      ("file['more'] = 1.0", "is damaged in more"),
      ("file.attrs['name'] = 'other'", "attribute name does not agree with its record"),
      ("file.attrs['format_version'] = '2.0'", "has checkpoint format 2.0"),
      (
        "graph(file, lambda graph: graph['functions']['encoder']['nodes'][0].update(op='Magic'))",
        "encoder uses operators that are not known here: Magic"
      ),
      (
        "graph(file, lambda graph: graph['functions']['encoder']['weights'][0].update(name='lost'))",
        "the weight lost [12, 64] is missing"
      ),
    ])
  func refusals(_ damage: String, _ complaint: String) throws {
    let script = """
      import hashlib, json, sys
      sys.path.insert(0, sys.argv[1])
      import h5py, latentzoo
      def graph(file, change):
          found = json.loads(file["graph"][()])
          change(found)
          del file["graph"], file["checksums"]
          file["graph"] = json.dumps(found)
          sums = "".join(f"{latentzoo.digest(item)}  {path}\\n" for path, item in latentzoo.datasets(file).items())
          file["checksums"] = sums
          file.attrs["sha256"] = hashlib.sha256(sums.encode()).hexdigest()
      with h5py.File(sys.argv[2], "r+") as file:
          exec(sys.argv[3])
      try:
          latentzoo.load(sys.argv[2])
      except latentzoo.CheckpointError as error:
          print(error)
      """
    try withFolder { folder in
      let example = ExchangeCase("ae", "dense", ["hiddenSizes=[12]", "latentSize=3"])
      let model = try example.model(
        on: try example.dataset(), registry: try FamilyTests.makeRegistry())
      let path = folder.appendingPathComponent("toy.h5").path
      try Checkpoint.write(model, to: path)
      let said = try Python.run(script, [Self.readers, path, damage])
      #expect(said.contains(path) && said.contains(complaint), "\(said)")
    }
  }

  private func checkAgreement(in folder: URL) throws {
    let registry = try FamilyTests.makeRegistry()
    var partCount = 0
    for (number, example) in ExchangeCase.all.enumerated() {
      partCount += try write(example, as: String(format: "model-%02d", number), folder, registry)
    }
    let output = try Python.run(Self.script, [Self.readers, folder.path])
    let lines = output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.count == partCount)
    for line in lines {
      let error = try #require(Double(line[2]))
      let number = try #require(Int(line[0].dropFirst("model-".count)))
      #expect(error < 1e-5, "\(line[1]) of \(ExchangeCase.all[number])")
    }
  }

  /// Writes a checkpoint with examples, their codes and what those are decoded to; gives the number of its networks.
  private func write(
    _ example: ExchangeCase, as name: String, _ folder: URL, _ registry: Registry
  ) throws -> Int {
    let data = try example.dataset()
    let model = try example.model(on: data, registry: registry)
    try Checkpoint.write(model, to: folder.appendingPathComponent("\(name).h5").path)
    func store(_ array: NDArray, _ part: String) throws {
      try ArrayFile.write(array, to: folder.appendingPathComponent("\(name).\(part).npy").path)
    }
    let x = try data.examples(0..<ExchangeCase.count)
    let labels = data.labels.map { Array($0.prefix(ExchangeCase.count)) }
    if let labels { try store(NDArray(labels.map(Float.init), shape: [labels.count]), "labels") }
    let z = try model.encode(x, labels: labels)
    try store(x, "x")
    try store(z, "z")
    var count = 1
    if model.hasDecoder {
      try store(try model.decode(z), "y")
      count += 1
    }
    let classes = labels.map { NDArray($0.map(Float.init), shape: [$0.count]) }
    for (name, function) in model.graph.functions where GraphFunction.isFurther(name) {
      let inputs = function.sampleInputs(examples: x, labels: classes)
      let results = try model.run(name, on: inputs)
      for (key, array) in inputs.merging(results, uniquingKeysWith: { $1 }) {
        try store(array, "\(name).\(key)")
      }
      count += results.count
    }
    return count
  }
}
