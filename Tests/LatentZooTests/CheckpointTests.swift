import Foundation
import HDF5
import TestSupport
import Testing

@testable import LatentZoo

@Suite struct CheckpointTests {
  private func model() throws -> Model {
    let (toy, specification) = try toyModel()
    let history = try Trainer(TrainingOptions()).train(
      toy, on: TrainingData(toyData(), validation: (toyData(count: 2), nil)))
    let parts = [0.25, 0.75].compactMap {
      LatentDensity.Component(weight: $0, mean: [0.5, -$0], factor: [1, 0, 0.25, 2])
    }
    let density = LatentDensity(parts)
    return Model(
      toy, record: .sample(specification, toy), density: density, history: history)
  }

  private func preview() -> Picture { Picture(width: 3, height: 2, channels: 1, shade: 7) }

  @Test("Everything that goes in comes out")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let model = try model()
      try Checkpoint.write(model, preview: preview(), to: path)
      let loaded = try Checkpoint.read(at: path, registry: try toyRegistry())
      #expect(loaded.record == model.record)
      #expect(loaded.density == model.density)
      #expect(loaded.history == model.history)
      for (old, new) in zip(model.parameters, loaded.parameters) {
        #expect(old.value == new.value)
        #expect(old.path == new.path)
      }
      #expect(try Checkpoint.readRecord(at: path) == model.record)
    }
  }

  @Test("Equal models are written as equal bytes")
  func reproducible() throws {
    try withTemporaryFolder { folder in
      let model = try model()
      try Checkpoint.write(model, to: "\(folder)/a.h5")
      try Checkpoint.write(model, to: "\(folder)/b.h5")
      let first = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/a.h5"))
      #expect(first == (try Data(contentsOf: URL(fileURLWithPath: "\(folder)/b.h5"))))
    }
  }

  @Test("Each weight is an aligned range of bytes of the file")
  func byteRanges() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let model = try model()
      try Checkpoint.write(model, to: path)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let file = try File.open(at: path)
      for (name, parameter) in model.namedParameters {
        let dataset = try file.root.dataset("networks/\(name)")
        let offset = Int(try #require(try dataset.offset))
        #expect(offset % 64 == 0)
        let stored = bytes[offset..<offset + 4 * parameter.shape.count]
        let expected = parameter.value.scalars.withUnsafeBytes { Data($0) }
        #expect(Data(stored) == expected)
      }
    }
  }

  @Test("Weights that do not fit are listed, all of them, and nothing is loaded")
  func strictness() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      try Checkpoint.write(try model(), to: path)
      try python(
        """
        import h5py, sys
        with h5py.File(sys.argv[1], "a") as f:
            del f["checksums"]
            n = f["networks"]
            del n["encoder/bias"]
            n["decoder/extra"] = [1.0]
            del n["decoder/weight"]
            n.create_dataset("decoder/weight", data=[[1.0, 2.0]] * 5, dtype="<f4")
        """, path)
      try Checkpoint.seal(path)
      let text = message { _ = try Checkpoint.read(at: path, registry: try toyRegistry()) }
      #expect(text.contains("missing encoder/bias"))
      #expect(text.contains("unexpected decoder/extra"))
      #expect(text.contains("decoder/weight has shape [5, 2] instead of [4, 2]"))
    }
  }

  @Test("A weight that another program changed, added or renamed is refused")
  func changedByOthers() throws {
    for (change, words) in [
      ("f['networks/encoder/weight'][0, 0] = 7", "'/networks/encoder/weight'"),
      ("f['networks/extra'] = 1.0", "has no checksum for networks/extra"),
      ("f.move('latent_density', 'x')", "has no latent_density/factor, which its checksums list"),
      ("f.attrs['family'] = 'another'", "does not agree with the attribute family"),
      ("f.attrs['latent_size'] = 3", "does not agree with the attribute latent_size"),
      ("f.attrs['sha256'] = '0' * 64", "does not have the file's SHA-256"),
    ] {
      try withTemporaryFolder { folder in
        let path = "\(folder)/toy.h5"
        try Checkpoint.write(try model(), to: path)
        try python("import h5py, sys\nwith h5py.File(sys.argv[1], 'a') as f: \(change)", path)
        let text = message { _ = try Checkpoint.read(at: path, registry: try toyRegistry()) }
        #expect(text.contains(words), "\(text)")
      }
    }
  }

  @Test("The checksums are what sha256sum prints, and one digest stands for all")
  func checksums() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      try Checkpoint.write(try model(), preview: preview(), to: path)
      let listing = try python(
        """
        import h5py, hashlib, sys
        with h5py.File(sys.argv[1]) as f:
            lines = []
            def visit(name, item):
                if isinstance(item, h5py.Dataset) and name != "checksums":
                    value = item[()]
                    data = value if isinstance(value, bytes) else value.tobytes()
                    lines.append(f"{hashlib.sha256(data).hexdigest()}  {name}\\n")
            f.visititems(visit)
            text = "".join(sorted(lines, key=lambda line: line[66:].encode()))
            assert f["checksums"][()].decode() == text
            assert f.attrs["sha256"] == hashlib.sha256(text.encode()).hexdigest()
            print(len(lines))
        """, path)
      #expect((Int(listing.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) > 10)
    }
  }

  @Test("h5py lists and reads every weight")
  func h5py() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let model = try model()
      try Checkpoint.write(model, preview: preview(), to: path)
      let listing = try python(
        """
        import h5py, json, sys
        with h5py.File(sys.argv[1]) as f:
            found = {}
            f["networks"].visititems(
                lambda name, item: found.__setitem__(name, [list(item.shape), float(item[()].sum()), str(item.dtype)])
                if isinstance(item, h5py.Dataset) else None)
            assert f.attrs["format"] == "LatentZoo checkpoint", f.attrs["format"]
            assert json.loads(f["record"][()])["name"] == "test-model"
            assert f["preview"].shape == (2, 3) and f["preview"].attrs["CLASS"] in ("IMAGE", b"IMAGE")
            assert f["history/epochs/training_reconstruct"].shape == (10,)
            print(json.dumps(found))
        """, path)
      let found = try JSONDecoder().decode([String: JSONValue].self, from: Data(listing.utf8))
      #expect(Set(found.keys) == Set(model.namedParameters.map(\.path)))
      for (name, parameter) in model.namedParameters {
        guard case .array(let facts) = found[name] else { continue }
        #expect(facts[0] == .array(parameter.shape.dimensions.map { .integer($0) }))
        #expect(facts[2] == "float32")
      }
    }
  }

  @Test("Foreign, newer, damaged and diverged files are refused by name")
  func refusals() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let registry = try toyRegistry()
      func reading() -> String {
        message { _ = try Checkpoint.read(at: path, registry: registry) }
      }
      #expect(reading().contains(path))
      try "no HDF5".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(reading().contains(path))

      let foreign = try File.create(at: path, existing: .replace)
      try foreign.close()
      #expect(reading() == "\(path) is an HDF5 file but no LatentZoo checkpoint")

      try Checkpoint.write(try model(), to: path)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      for length in stride(from: 0, to: whole.count, by: 512) {
        try whole.prefix(length).write(to: URL(fileURLWithPath: path))
        #expect(reading().contains(path), "cut to \(length) bytes")
      }

      try whole.write(to: URL(fileURLWithPath: path))
      let newer = try File.open(at: path, writable: true)
      try newer.root.writeAttribute("7.3", to: "format_version")
      try newer.close()
      #expect(reading().contains("checkpoint format 7.3"))

      let older = try File.open(at: path, writable: true)
      try older.root.writeAttribute("0.2", to: "format_version")
      try older.close()
      #expect(reading().contains("checkpoint format 0.2, of before the first release"))

      try FileManager.default.removeItem(atPath: path)
      let diverged = try model()
      diverged.parameters[0].withMutableFloats { $0[1] = .nan }
      #expect(
        message { try Checkpoint.write(diverged, to: path) }.contains("is not a finite number"))
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("A failed save leaves the old file and no litter")
  func failedSave() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      try Checkpoint.write(try model(), to: path)
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      let broken = try model()
      broken.parameters[0].withMutableFloats { $0[0] = .infinity }
      _ = message { try Checkpoint.write(broken, to: path) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["toy.h5"])
      #expect(message { try Checkpoint.write(broken, to: "\(folder)/no/such/toy.h5") } != "")
    }
  }

  /// Runs a Python script with h5py; `Scripts/test.sh` provides it.
  @discardableResult
  private func python(_ script: String, _ argument: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, argument]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "python3 with h5py failed")
    return String(decoding: text, as: UTF8.self)
  }
}

@Suite struct ZooTests {
  @Test(
    "Names that could be anything else to a file system are refused",
    arguments: [
      "", "../x", "a/b", ".hidden", "-x", "a b", "ä", "a\0b", String(repeating: "x", count: 129),
    ])
  func badNames(_ name: String) {
    #expect(message { _ = try ModelName(name) }.contains("cannot name a model"))
  }

  @Test("Ordinary names pass", arguments: ["vae-digits", "vae-digits.beta4", "A_1", "0"])
  func goodNames(_ name: String) throws {
    #expect(try ModelName(name).text == name)
  }

  @Test("A name is looked up folder by folder, a path is taken as it is")
  func lookup() throws {
    try withTemporaryFolder { folder in
      let (first, second) = ("\(folder)/first", "\(folder)/second")
      for (place, name) in [(first, "a"), (second, "a"), (second, "b")] {
        try FileManager.default.createDirectory(
          atPath: place, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: "\(place)/\(name).h5"))
      }
      let zoo = Zoo(folder: first, environment: ["LATENTZOO_PATH": second, "HOME": folder])
      #expect(zoo.home == first)
      #expect(try zoo.path(of: "a") == "\(first)/a.h5")
      #expect(try zoo.path(of: "b") == "\(second)/b.h5")
      #expect(try zoo.path(of: "\(second)/a.h5") == "\(second)/a.h5")
      let names = try zoo.entries().map(\.name)
      #expect(names.contains("a") && names.contains("b"))
      #expect(message { _ = try zoo.path(of: "bb") }.contains("did you mean"))
      #expect(message { _ = try zoo.path(of: "x/y.h5") } == "there is no file x/y.h5")
      let taken = message { _ = try zoo.newPath(for: try ModelName("a"), replacing: false) }
      #expect(taken.contains("--force"))
      #expect(try zoo.newPath(for: try ModelName("a"), replacing: true) == "\(first)/a.h5")
    }
  }

  @Test("A zoo that is a file is told so")
  func unusable() throws {
    try withTemporaryFolder { folder in
      try Data().write(to: URL(fileURLWithPath: "\(folder)/file"))
      let zoo = Zoo(folder: "\(folder)/file/zoo", environment: [:])
      #expect(
        message { _ = try zoo.newPath(for: try ModelName("a"), replacing: false) }
          .contains("choose another with --zoo"))
    }
  }
}
