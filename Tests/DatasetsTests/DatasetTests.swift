import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct DatasetTests {
  @Test func shapesAreWrittenWithMultiplicationSigns() {
    #expect(DataShape([1, 28, 28]).description == "1×28×28")
    #expect(DataShape([784]).description == "784")
  }

  @Test func anImageHasChannelsHeightAndWidthAndAVectorHasNot() {
    let image = DataShape([3, 4, 5])
    #expect([image.channels, image.height, image.width] == [3, 4, 5])
    #expect(image.featureCount == 60)
    #expect(image.batched(7) == [7, 3, 4, 5])
    let vector = DataShape([784])
    #expect(!vector.isImage && vector.channels == nil && vector.height == nil)
  }

  @Test func shapesAreStoredAsPlainLists() throws {
    let shape = DataShape([1, 28, 28])
    let json = try JSONEncoder().encode(shape)
    #expect(String(decoding: json, as: UTF8.self) == "[1,28,28]")
    #expect(try JSONDecoder().decode(DataShape.self, from: json) == shape)
  }

  @Test(arguments: ["[]", "[0]", "[-1,2]", "[9223372036854775807,3]"])
  func shapesThatCannotBeAreRefused(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(DataShape.self, from: Data(json.utf8))
    }
  }

  @Test func examplesAreTheChosenOnesInTheChosenOrder() throws {
    var random = RandomSource(seed: 3)
    for _ in 0..<20 {
      let shape = DataShape([Int.random(in: 1...9, using: &random)])
      let count = Int.random(in: 1...30, using: &random)
      let bytes = (0..<count * shape.featureCount).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let dataset = Dataset(
        name: "random", shape: shape, bytes: bytes, origin: DataOrigin(source: "random"))
      let indices = (0..<7).map { _ in Int.random(in: 0..<count, using: &random) }
      let expected = indices.flatMap { index in
        (0..<shape.featureCount).map { Float(bytes[index * shape.featureCount + $0]) / 255 }
      }
      #expect(try dataset.examples(indices) == NDArray(expected, shape: shape.batched(7)))
    }
  }

  @Test func bytesAndNumbersOfEqualValueGiveEqualExamples() throws {
    let bytes: [UInt8] = [0, 51, 102, 153, 204, 255]
    let origin = DataOrigin(source: "test")
    let fromBytes = Dataset(name: "a", shape: DataShape([2]), bytes: bytes, origin: origin)
    let fromFloats = Dataset(
      name: "b", shape: DataShape([2]), floats: bytes.map { Float($0) / 255 }, origin: origin)
    #expect(try fromBytes.examples(0..<3) == fromFloats.examples(0..<3))
    #expect(fromBytes.valueRange == fromFloats.valueRange)
    #expect(fromFloats.divisor == 1)
  }

  @Test func theValueRangeIsWhatTheDataReaches() throws {
    let origin = DataOrigin(source: "test")
    let floats = Dataset(name: "f", shape: DataShape([2]), floats: [-3, 0.5, 7, 2], origin: origin)
    #expect(floats.valueRange == -3...7)
    let bytes = Dataset(name: "b", shape: DataShape([2]), bytes: [51, 102], origin: origin)
    #expect(bytes.valueRange == 0.2...0.4)
    #expect(try floats.prefix(0).valueRange == 0...0)
  }

  @Test func theChecksumCoversTheRawBytes() {
    let dataset = Dataset(
      name: "abc", shape: DataShape([3]), bytes: Array("abc".utf8),
      origin: DataOrigin(source: "test"))
    #expect(
      dataset.provenance.sha256
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func aSubsetKeepsNamesAndLabelsAndHasItsOwnChecksum() throws {
    let dataset = countingDataset(20)
    let subset = try dataset.subset([13, 4])
    #expect(subset.count == 2)
    #expect(subset.labels == [3, 4])
    #expect(subset.labelNames == dataset.labelNames)
    #expect(try subset.examples(0..<2) == dataset.examples([13, 4]))
    #expect(subset.provenance.count == 2)
    #expect(subset.provenance.sha256 != dataset.provenance.sha256)
    #expect(try dataset.prefix(100).count == 20)
    #expect(try dataset.prefix(3).labels == [0, 1, 2])
  }

  @Test func provenanceSurvivesJSON() throws {
    let provenance = countingDataset(5).provenance
    let json = try JSONEncoder().encode(provenance)
    #expect(try JSONDecoder().decode(Provenance.self, from: json) == provenance)
  }
}
