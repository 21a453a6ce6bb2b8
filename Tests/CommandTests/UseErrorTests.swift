import Foundation
import LatentZoo
import Testing

extension CommandTests {
  /// Using a model in ways that cannot work: one sentence, status 1, nothing written.
  @Suite struct UseErrorTests {
    let model: UsedModel

    init() throws { model = try UsedModel() }

    private func write(_ scalars: [Float], _ shape: Shape, to name: String) throws {
      try ArrayFile.write(NDArray(scalars, shape: shape), to: model.path(name))
    }

    @Test("Numbers that are not finite are refused") func notFinite() throws {
      try write([Float](repeating: 0, count: 19) + [.nan], [1, 20], to: "nan.npy")
      let sentence =
        "latentzoo: error: example 0 of 'nan.npy' holds a number that is not finite: remove or "
        + "replace it\n"
      #expect(try model.failure("decode", "vae-digits", "nan.npy") == sentence)
      #expect(try model.failure("encode", "vae-digits", "--data", "nan.npy") == sentence)
    }

    @Test("Wrong shapes are refused") func wrongShapes() throws {
      try write([Float](repeating: 0, count: 21), [3, 7], to: "wide.csv")
      #expect(
        try model.failure("decode", "vae-digits", "wide.csv")
          == "latentzoo: error: 'wide.csv' holds numbers of shape [3, 7] where the model takes "
          + "[N, 20]: reshape them or use another model\n")
      #expect(
        try model.failure("encode", "vae-digits", "--data", "wide.csv")
          == "latentzoo: error: 'wide.csv' holds numbers of shape [3, 7] where the model takes "
          + "[N, 1, 8, 8]: reshape them or use another model\n")
      let vectors = try VectorZoo.shared().source
      for command in ["encode", "reconstruct", "evaluate"] {
        #expect(
          try model.failure(command, "vae-digits", "--data", vectors)
            == "latentzoo: error: vae-digits takes data of shape 1×8×8, got 5; `latentzoo info "
            + "vae-digits` shows what it was trained on\n")
      }
    }

    @Test("Unknown endings are answered with the known ones") func unknownEndings() throws {
      #expect(
        try model.failure("sample", "vae-digits", "--out", "samples.jpg")
          == "latentzoo: error: the name 'samples.jpg' does not say which format is meant: end it "
          + "in .png or .npy or .h5 or .csv\n")
      #expect(
        try model.failure("encode", "vae-digits", "--data", "digits", "--out", "codes.mat")
          == "latentzoo: error: the name 'codes.mat' does not say which format is meant: end it "
          + "in .npy or .h5 or .csv\n")
      #expect(
        try model.failure("encode", "vae-digits", "--data", "digits", "--out", "codes.png")
          == "latentzoo: error: 'codes.png' is a picture, but codes are numbers: use a file ending "
          + "in .npy or .h5 or .csv\n")
    }

    @Test("A model is never replaced by numbers") func modelsAreKept() throws {
      let copy = model.path("copy.h5")
      try FileManager.default.copyItem(
        atPath: try TrainedZoo.shared().path(of: "vae-digits"), toPath: copy)
      let bytes = FileManager.default.contents(atPath: copy)
      for arguments in ["copy.h5", "copy.h5#/codes"] {
        #expect(
          try model.failure("encode", "copy.h5", "--data", "digits", "--out", arguments)
            == "latentzoo: error: 'copy.h5' is a model, which would be lost: write to another "
            + "file\n")
      }
      #expect(FileManager.default.contents(atPath: copy) == bytes)
    }

    @Test("Parts that do not exist are refused") func parts() throws {
      #expect(
        try model.failure("evaluate", "vae-digits", "--data", "digits", "--part", "test")
          == "latentzoo: error: digits has no test part: use --part train for all its examples\n")
      try write([Float](repeating: 0, count: 64), [1, 64], to: "one.npy")
      #expect(
        try model.failure("encode", "vae-digits", "--data", "one.npy", "--part", "train")
          == "latentzoo: error: --part selects from a data source, but 'one.npy' is a file: leave "
          + "it out\n")
    }

    @Test("Folders that do not exist are named") func missingFolder() throws {
      for ending in ["png", "npy", "h5", "csv"] {
        let message = try model.failure(
          "sample", "vae-digits", "--count", "2", "--out", "nowhere/a.\(ending)")
        #expect(message.hasPrefix("latentzoo: error: 'nowhere/a.\(ending)' cannot be "))
      }
    }

    @Test("Too much at once is refused") func tooMuch() throws {
      #expect(
        try model.failure("sample", "vae-digits", "--count", "20000")
          == "latentzoo: error: a picture shows at most 10000 images, not 20000: ask for fewer, or "
          + "write .npy\n")
    }

    @Test(
      "Wrong options are usage errors",
      arguments: [
        ["sample", "vae-digits", "--count", "0"], ["sample", "vae-digits", "--seed", "-1"],
        ["sample", "vae-digits", "--out", "-", "--json"], ["sample", "vae-digits", "--out", ""],
        ["reconstruct", "vae-digits", "--data", "digits", "--count", "-3"],
        ["encode", "vae-digits", "--data", "digits", "--limit", "0"],
        ["evaluate", "vae-digits", "--data", "digits", "--part", "all"],
        ["decode", "vae-digits"], ["evaluate", "vae-digits"],
      ])
    func usageErrors(arguments: [String]) throws {
      let run = try runCommand(
        arguments, environment: ["LATENTZOO_PATH": try TrainedZoo.shared().folder.path])
      #expect(run.status == 64 && run.output.isEmpty, "\(run)")
    }
  }
}
