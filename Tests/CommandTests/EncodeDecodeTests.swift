import Foundation
import LatentZoo
import Testing

extension CommandTests {
  @Suite struct EncodeDecodeTests {
    let model: UsedModel

    init() throws { model = try UsedModel() }

    @Test("Decoding codes gives what reconstruct gives", arguments: ["npy", "h5", "csv"])
    func encodeAndDecodeMakeReconstruct(ending: String) throws {
      let codes = "codes.\(ending)"
      try model.succeed(
        "encode", "vae-digits", "--data", "digits", "--limit", "100", "--out", codes)
      try model.succeed("decode", "vae-digits", codes, "--out", "decoded.\(ending)")
      try model.succeed(
        "reconstruct", "vae-digits", "--data", "digits", "--count", "100", "--out",
        "direct.\(ending)")
      let decoded = try ArrayFile.read(model.path("decoded.\(ending)"))
      #expect(decoded == (try ArrayFile.read(model.path("direct.\(ending)"))))
      #expect(decoded.shape == (ending == "csv" ? [100, 64] : [100, 1, 8, 8]))
      #expect(try ArrayFile.read(model.path(codes)).shape == [100, 20])
    }

    @Test("Codes go to NAME-codes.npy, and the report says so") func encodeReports() throws {
      let run = try model.succeed("encode", "vae-digits", "--data", "digits")
      #expect(run.output == "wrote 1,797 codes of vae-digits to vae-digits-codes.npy\n")
      #expect(run.messages.isEmpty)
      let again = try model.succeed("encode", "vae-digits", "--data", "digits", "--json").json()
      #expect(again["replaced"] as? Bool == true)
      #expect(again["shape"] as? [Int] == [1797, 20])
      #expect(again["data"] as? String == "digits")
      #expect(again["path"] as? String == "vae-digits-codes.npy")
      #expect(try model.folder.names.filter { !$0.hasPrefix(".") } == ["vae-digits-codes.npy"])
    }

    @Test("Labels are written beside codes") func labelsBesideCodes() throws {
      try model.succeed(
        "encode", "vae-digits", "--data", "digits", "--limit", "12", "--out", "codes.h5")
      let labels = try ArrayFile.read(model.path("codes.h5#/labels"))
      #expect(labels.scalars == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
    }

    @Test("A dash writes CSV to standard output") func codesOnStandardOutput() throws {
      let run = try model.succeed(
        "encode", "vae-digits", "--data", "digits", "--limit", "3", "--out", "-")
      let rows = run.output.split(separator: "\n")
      #expect(rows.count == 3)
      #expect(rows.allSatisfy { $0.split(separator: ",").count == 20 })
      #expect(run.messages == "wrote 3 codes of vae-digits to standard output\n")
    }

    @Test("Numbers and pictures in files are encoded as the same data of a source is")
    func filesAreEncoded() throws {
      let first = try DataSource(parsing: "digits").open().train.examples([0])
      try ArrayFile.write(NDArray(first.scalars, shape: [8, 8]), to: model.path("one.npy"))
      try ArrayFile.write(NDArray(first.scalars, shape: [1, 64]), to: model.path("one.csv"))
      try Picture(
        width: 8, height: 8, channels: 1, bytes: first.scalars.map { UInt8($0 * 255) }
      ).write(toPNG: model.path("one.png"))
      try model.succeed(
        "encode", "vae-digits", "--data", "digits", "--limit", "1", "--out", "expected.npy")
      let expected = try ArrayFile.read(model.path("expected.npy"))
      for (name, tolerance) in [("one.npy", 0), ("one.csv", 0), ("one.png", 0.05)] {
        try model.succeed("encode", "vae-digits", "--data", name, "--out", "found.npy")
        let found = try ArrayFile.read(model.path("found.npy"))
        #expect(found.shape == [1, 20])
        for (value, other) in zip(found.scalars, expected.scalars) {
          #expect(abs(value - other) <= Float(tolerance), "\(name)")
        }
      }
    }

    @Test("Bytes given to a model of small numbers are remarked on") func rangeRemark() throws {
      try ArrayFile.write(NDArray(repeating: 16, shape: [1, 8, 8]), to: model.path("bytes.npy"))
      let run = try model.succeed("encode", "vae-digits", "--data", "bytes.npy")
      #expect(
        run.messages
          == "latentzoo: note: values lie in 16.0...16.0, vae-digits was trained on 0.0...1.0; "
          + "divide raw values by 16.0\n")
    }

    @Test("Decoded images make a grid") func decodedGrid() throws {
      try model.succeed("encode", "vae-digits", "--data", "digits", "--limit", "9")
      let run = try model.succeed("decode", "vae-digits", "vae-digits-codes.npy")
      #expect(run.output == "wrote 9 decoded examples of vae-digits to vae-digits-decoded.png\n")
      let picture = try Picture(pngAt: model.path("vae-digits-decoded.png"))
      #expect(picture.width == 3 * 66 + 2 && picture.height == picture.width)
    }
  }
}
