import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct IDXTests {
  private func open(_ folder: TemporaryFolder) throws -> DataParts {
    try DataSource(parsing: "idx:\(folder.path)").open()
  }

  @Test(arguments: [false, true])
  func greyImagesBecomeOneChannelBetweenZeroAndOne(compressed: Bool) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "train-images-idx3-ubyte",
      idxBytes([2, 2, 3], payload: [0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6]))
    if compressed { _ = try folder.gzip(file) }
    let train = try open(folder).train
    #expect(train.shape == DataShape([1, 2, 3]))
    #expect(train.count == 2)
    #expect(train.labels == nil && train.labelNames.isEmpty)
    #expect(try train.examples([0]).scalars == [0, 0.2, 0.4, 0.6, 0.8, 1])
  }

  @Test func colourImagesAreTurnedFromChannelsLastToChannelsFirst() throws {
    let folder = try TemporaryFolder()
    // Two pixels, then the same plus 100: red, green, blue after one another.
    try folder.write(
      "train-images-idx4-ubyte",
      idxBytes([2, 1, 2, 3], payload: [1, 2, 3, 11, 12, 13, 101, 102, 103, 111, 112, 113]))
    let train = try open(folder).train
    #expect(train.shape == DataShape([3, 1, 2]))
    #expect(
      try train.examples([0, 1]).scalars.map { ($0 * 255).rounded() }
        == [1, 11, 2, 12, 3, 13, 101, 111, 102, 112, 103, 113])
  }

  @Test func twoAxesAreVectors() throws {
    let folder = try TemporaryFolder()
    try folder.write("train-images-idx2-ubyte", idxBytes([2, 3], payload: [0, 0, 0, 255, 0, 255]))
    let train = try open(folder).train
    #expect(train.shape == DataShape([3]))
    #expect(try train.examples([1]) == NDArray([1, 0, 1], shape: [1, 3]))
  }

  /// Each type of number with the bytes of -1 and 127.
  private static let minusOneAnd127: [UInt8: [UInt8]] = [
    0x09: [0xFF, 0x7F],
    0x0B: [0xFF, 0xFF, 0x00, 0x7F],
    0x0C: [0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x7F],
    0x0D: [0xBF, 0x80, 0x00, 0x00, 0x42, 0xFE, 0x00, 0x00],
    0x0E: [0xBF, 0xF0, 0, 0, 0, 0, 0, 0, 0x40, 0x5F, 0xC0, 0, 0, 0, 0, 0],
  ]

  @Test(arguments: minusOneAnd127)
  func numbersOfOtherTypesAreKeptAsTheyAre(type: UInt8, payload: [UInt8]) throws {
    let folder = try TemporaryFolder()
    try folder.write("train-images-idx2-other", idxBytes([1, 2], type: type, payload: payload))
    let train = try open(folder).train
    #expect(try train.examples([0]).scalars == [-1, 127])
    #expect(train.divisor == 1)
    #expect(train.valueRange == -1...127)
  }

  @Test(arguments: ["t10k", "test"])
  func theTestPartIsFoundByEitherName(prefix: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("train-images-idx3-ubyte", idxBytes([2, 1, 1], payload: [1, 2]))
    try folder.write("train-labels-idx1-ubyte", idxBytes([2], payload: [0, 1]))
    try folder.write("\(prefix)-images-idx3-ubyte", idxBytes([1, 1, 1], payload: [3]))
    try folder.write("\(prefix)-labels-idx1-ubyte", idxBytes([1], payload: [4]))
    let parts = try open(folder)
    #expect(parts.train.labels == [0, 1])
    #expect(parts.test?.labels == [4])
    #expect(parts.train.labelNames == ["0", "1", "2", "3", "4"])
    #expect(parts.test?.labelNames == parts.train.labelNames)
  }

  @Test func theDataIsNamedAfterItsFolderAndThePathStaysPrivate() throws {
    let folder = try TemporaryFolder()
    let inner = "\(folder.path)/toys"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    try folder.write("toys/train-images-idx3-ubyte", idxBytes([1, 1, 1], payload: [7]))
    let train = try DataSource(parsing: "idx:\(inner)/").open().train
    #expect(train.name == "toys")
    #expect(train.provenance.source == "idx:toys")
  }

  @Test func anUncompressedFileGoesBeforeACompressedOneOfTheSameName() throws {
    let folder = try TemporaryFolder()
    _ = try folder.gzip(
      folder.write("train-images-idx3-ubyte", idxBytes([1, 1, 1], payload: [1])))
    try folder.write("train-images-idx3-ubyte", idxBytes([2, 1, 1], payload: [1, 2]))
    #expect(try open(folder).train.count == 2)
  }

  @Test func aGzipFileOfSeveralMembersIsReadToItsEnd() throws {
    let folder = try TemporaryFolder()
    let bytes = idxBytes([4, 1, 1], payload: [1, 2, 3, 4])
    let first = try folder.gzip(folder.write("first", Array(bytes[..<17])))
    let second = try folder.gzip(folder.write("second", Array(bytes[17...])))
    let joined = try InputFile.contents(of: first) + InputFile.contents(of: second)
    try folder.write("train-images-idx3-ubyte.gz", joined)
    #expect(try open(folder).train.examples(0..<4).scalars.map { $0 * 255 } == [1, 2, 3, 4])
  }
}
