import Foundation
import LatentZoo
import Testing

extension CommandTests {
  @Suite struct SampleReconstructTests {
    let model: UsedModel

    init() throws { model = try UsedModel() }

    @Test("The seed decides the samples", arguments: ["vae-digits", "deep-ae-digits"])
    func samplesFollowTheSeed(name: String) throws {
      for (seed, file) in [("7", "a.npy"), ("7", "b.npy"), ("8", "c.npy")] {
        try model.succeed("sample", name, "--count", "5", "--seed", seed, "--out", file)
      }
      let first = try ArrayFile.read(model.path("a.npy"))
      #expect(first.shape == [5, 1, 8, 8])
      #expect(first.scalars.allSatisfy { (0...1).contains($0) })
      #expect(first == (try ArrayFile.read(model.path("b.npy"))))
      #expect(first != (try ArrayFile.read(model.path("c.npy"))))
    }

    @Test("Samples make a grid of 64 images") func sampleGrid() throws {
      let run = try model.succeed("sample", "vae-digits", "--json").json()
      #expect(run["count"] as? Int == 64)
      #expect(run["seed"] as? Int == 1)
      #expect(run["path"] as? String == "vae-digits-samples.png")
      let picture = try Picture(pngAt: model.path("vae-digits-samples.png"))
      #expect(picture.width == 8 * 66 + 2 && picture.height == picture.width)
    }

    @Test("Originals stand above their reconstructions") func reconstructionGrid() throws {
      let run = try model.succeed("reconstruct", "vae-digits", "--data", "digits")
      #expect(
        run.output == "wrote 16 reconstructions of vae-digits to vae-digits-reconstructions.png\n")
      let picture = try Picture(pngAt: model.path("vae-digits-reconstructions.png"))
      #expect(picture.width == 8 * 66 + 2 && picture.height == 4 * 66 + 2)
      let first = try DataSource(parsing: "digits").open().train.examples([0])
      for (index, value) in first.scalars.enumerated() {
        let shade = picture.rgb(x: 2 + index % 8 * 8, y: 2 + index / 8 * 8).red
        #expect(shade == UInt8((value * 255).rounded()))
      }
    }

    @Test("Fewer examples than asked for are all reconstructed") func fewExamples() throws {
      try ArrayFile.write(NDArray(repeating: 0.5, shape: [3, 64]), to: model.path("three.csv"))
      let run = try model.succeed(
        "reconstruct", "vae-digits", "--data", "three.csv", "--out", "pairs.png", "--json")
      #expect(try run.json()["count"] as? Int == 3)
    }

    @Test("Vectors are written as numbers unless a picture is asked for") func vectors() throws {
      let zoo = try VectorZoo.shared()
      let vectors = try UsedModel(zoo: zoo.folder.path)
      try vectors.succeed("sample", "ae-vectors", "--count", "4")
      #expect(try ArrayFile.read(vectors.path("ae-vectors-samples.npy")).shape == [4, 5])
      try vectors.succeed("reconstruct", "ae-vectors", "--data", zoo.source)
      #expect(try ArrayFile.read(vectors.path("ae-vectors-reconstructions.npy")).shape == [16, 5])
      #expect(
        try vectors.failure("sample", "ae-vectors", "--out", "grid.png")
          == "latentzoo: error: 'grid.png' is a picture, but examples of shape 5 are no images: "
          + "use a file ending in .npy or .h5 or .csv\n")
    }
  }
}
