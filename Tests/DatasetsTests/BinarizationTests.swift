import Testing

@testable import Datasets

@Suite struct BinarizationTests {
  private func grey(_ count: Int) -> Dataset {
    let bytes = (0..<count * 4).map { [0, 51, 204, 255][$0 % 4] as UInt8 }
    return Dataset(
      name: "grey", shape: DataShape([1, 2, 2]), bytes: bytes,
      labels: Array(repeating: 1, count: count),
      labelNames: ["a", "b"], origin: DataOrigin(source: "grey"))
  }

  @Test("Each value is drawn as 0 or 1 with itself as the probability")
  func probabilities() throws {
    let count = 20_000
    let drawn = try grey(count).binarized(seed: 1, part: "train")
    let values = try drawn.examples(0..<count).scalars
    #expect(values.allSatisfy { $0 == 0 || $0 == 1 })
    for (column, probability) in [Float(0), 0.2, 0.8, 1].enumerated() {
      let share = (0..<count).reduce(Float(0)) { $0 + values[$1 * 4 + column] } / Float(count)
      #expect(abs(share - probability) < (column == 0 || column == 3 ? 1e-9 : 0.012))
    }
    #expect(drawn.labels == grey(count).labels && drawn.labelNames == ["a", "b"])
    #expect(drawn.divisor == 255 && drawn.preprocessing.options == ["binarize": "1"])
  }

  @Test("A seed decides the draws of each part, once and for all")
  func seeds() throws {
    let data = grey(50)
    func checksum(_ seed: UInt64, _ part: String) throws -> String {
      try data.binarized(seed: seed, part: part).provenance.sha256
    }
    #expect(try checksum(1, "train") == checksum(1, "train"))
    #expect(try checksum(1, "train") != checksum(2, "train"))
    #expect(try checksum(1, "train") != checksum(1, "test"))
    let twice = try data.binarized(seed: 1, part: "train").binarized(seed: 5, part: "train")
    #expect(try twice.provenance.sha256 == checksum(1, "train"))
  }

  @Test("Examples read from disk are drawn as those in memory are, in whatever order they are read")
  func streamed() throws {
    let data = grey(30)
    struct Source: ExampleSource {
      let data: Dataset
      var count: Int { data.count }
      func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError)
      {
        try data.copyExamples(rows, into: target)
      }
    }
    let stream = try Dataset(
      name: "grey", shape: data.shape, streaming: Source(data: data),
      origin: DataOrigin(source: "grey"), path: "grey")
    let (inMemory, onDisk) = (
      try data.binarized(seed: 3, part: "train"), try stream.binarized(seed: 3, part: "train")
    )
    let rows = [7, 0, 29, 7]
    #expect(try onDisk.examples(rows) == inMemory.examples(rows))
  }

  @Test("Every source can be asked for it, and a model's data is binarised as it was")
  func option() throws {
    let source = try DataSource(parsing: "digits")
    let drawn = try source.open(DataOptions(values: ["binarize": "7"])).train
    #expect(drawn.valueRange == 0...1 && drawn.divisor == 16)
    let again = try source.open(DataOptions(preprocessing: drawn.preprocessing)).train
    #expect(again.provenance == drawn.provenance)
    let plain = try source.open(
      DataOptions(values: ["binarize": "none"], preprocessing: drawn.preprocessing)
    ).train
    #expect(try plain.provenance == source.open().train.provenance)
  }

  @Test("What cannot be binarised, or is no seed, is refused with a way out")
  func refusals() throws {
    func message(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "done"
      } catch { return "\(error)" }
    }
    let loud = Dataset(
      name: "loud", shape: DataShape([2]), floats: [0, 3], origin: DataOrigin(source: "loud"))
    #expect(
      message { _ = try loud.binarized(seed: 1, part: "train") }
        == "'loud' has values in 0.0...3.0, and only numbers in 0...1 can be binarised: "
        + "leave binarize out")
    #expect(
      message {
        _ = try DataSource(parsing: "digits").open(DataOptions(values: ["binarize": "static"]))
      }
        == "the data option 'binarize' is a whole number, the seed, or none, got 'static'")
  }
}
