import Foundation
import HDF5
import TestSupport
import Testing

@testable import LatentZoo

/// What other programs are promised: NeXus' plots and HDF5's pictures, looked at with h5py.
@Suite struct ConventionTests {
  private func model(epochs: Int = 3) throws -> Model {
    let (toy, specification) = try toyModel()
    var options = TrainingOptions()
    options.epochs = epochs
    let history = try Trainer(options).train(
      toy, on: TrainingData(toyData(), validation: (toyData(count: 2), nil)))
    return Model(toy, record: .sample(specification, toy), history: history)
  }

  @Test("Following NeXus' defaults from the root ends at the loss curves and their axis")
  func plot() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      try Checkpoint.write(try model(), to: path)
      try runPython(
        """
        import h5py, sys
        with h5py.File(sys.argv[1]) as f:
            assert f.attrs["NX_class"] == "NXroot"
            entry = f[f.attrs["default"]]
            assert entry.attrs["NX_class"] == "NXentry"
            data = entry[entry.attrs["default"]]
            assert data.attrs["NX_class"] == "NXdata"
            text = lambda value: value.decode() if isinstance(value, bytes) else value
            signal, axes = data.attrs["signal"], [text(a) for a in data.attrs["axes"]]
            others = [text(a) for a in data.attrs["auxiliary_signals"]]
            assert signal == "training_reconstruct" and axes == ["epoch"], (signal, axes)
            assert "validation_reconstruct" in others and "training_shrink" in others, others
            assert not any("." in name for name in others), others
            assert data["epoch"].dtype == "<i8" and list(data["epoch"]) == [1, 2, 3]
            for name in [signal, *others]:   # direct members, numbers, of the axis' length
                assert "/" not in name and isinstance(data[name], h5py.Dataset)
                assert data[name].shape == (3,) and data[name].dtype == "<f8"
                assert data[name].attrs["long_name"]
            assert data["seconds"].attrs["units"] == "s"
            assert data["title"].shape == () and data["title"].asstr()[()]
            assert entry["interrupted"].shape == () and entry["interrupted"][()] == 0
        """, path)
    }
  }

  @Test("A model without epochs promises no plot")
  func noPlot() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let (toy, specification) = try toyModel()
      try Checkpoint.write(Model(toy, record: .sample(specification, toy)), to: path)
      try runPython(
        """
        import h5py, sys
        with h5py.File(sys.argv[1]) as f:
            entry = f[f.attrs["default"]]
            assert entry.attrs["NX_class"] == "NXentry" and "default" not in entry.attrs
            assert entry["epochs"].attrs["NX_class"] == "NXcollection"
        """, path)
      #expect(try Checkpoint.readContents(at: path).history == TrainingHistory())
    }
  }

  @Test("The loss is drawn alone with its validation, terms of objectives are not")
  func curves() throws {
    let loss = EpochRecord(
      epoch: 1, learningRate: 1, seconds: 1, training: ["loss": 1, "kl": 1],
      validation: ["loss": 1, "kl": 1, "squaredError": 1])
    let curves = try #require(LossCurves([loss]))
    #expect(curves.signal == "training_loss" && curves.others == ["validation_loss"])
    #expect(LossCurves([]) == nil)
  }

  @Test("Pictures have the attributes of HDF5's IMAGE 1.2 in its types", arguments: [1, 3])
  func images(channels: Int) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let picture = Picture(width: 3, height: 2, channels: channels, shade: 7)
      try Checkpoint.write(try model(), preview: picture, samples: picture, to: path)
      try runPython(
        """
        import h5py, sys
        import numpy as np
        with h5py.File(sys.argv[1]) as f:
            for name in ["preview", "samples"]:
                d = f[name]
                colour = d.ndim == 3
                texts = {"CLASS": b"IMAGE", "IMAGE_VERSION": b"1.2", "DISPLAY_ORIGIN": b"UL",
                         "IMAGE_SUBCLASS": b"IMAGE_TRUECOLOR" if colour else b"IMAGE_GRAYSCALE"}
                if colour:
                    assert d.shape == (2, 3, 3)
                    texts |= {"INTERLACE_MODE": b"INTERLACE_PIXEL", "IMAGE_COLORMODEL": b"RGB"}
                else:
                    assert d.shape == (2, 3)
                    white = d.attrs.get_id("IMAGE_WHITE_IS_ZERO")
                    assert white.dtype == np.uint8 and white.shape == ()
                for key, value in texts.items():
                    kind = d.attrs.get_id(key).get_type()
                    assert d.attrs.get_id(key).shape == (), key
                    assert not kind.is_variable_str(), key
                    assert kind.get_strpad() == h5py.h5t.STR_NULLTERM, key
                    assert kind.get_cset() == h5py.h5t.CSET_ASCII, key
                    assert kind.get_size() == len(value) + 1, key
                    assert d.attrs[key] == value, (key, d.attrs[key])
                limits = d.attrs["IMAGE_MINMAXRANGE"]
                assert limits.dtype == d.dtype == np.uint8 and list(limits) == [0, 255]
        """, path)
      #expect(try Checkpoint.readPictures(at: path) == [.preview: picture, .samples: picture])
    }
  }
}

/// Runs a Python script with h5py and an argument; `Scripts/test.sh` provides it.
func runPython(_ script: String, _ arguments: String...) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script] + arguments
  let messages = Pipe()
  process.standardError = messages
  try process.run()
  let text = messages.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0, "\(String(decoding: text, as: UTF8.self))")
}
