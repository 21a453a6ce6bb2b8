import Foundation
import TestSupport
import Testing

@testable import Datasets

/// The reader against real files; skipped, and said so, where they are not there.
@Suite struct SharedDataTests {
  private func bytes(_ dataset: Dataset) throws -> [UInt8] {
    guard case .bytes(let bytes, _) = dataset.values else {
      throw DatasetError.noExamples(path: dataset.name)
    }
    return bytes
  }

  @Test(.enabled(if: SharedData.has("mnist")))
  func mnistHasItsPublishedSizeMeanAndDeviation() throws {
    let parts = try DataSource(parsing: SharedData.source("mnist")).open()
    #expect(parts.train.count == 60000)
    #expect(parts.test?.count == 10000)
    #expect(parts.train.shape == DataShape([1, 28, 28]))
    #expect(parts.train.name == "mnist")
    #expect(parts.train.provenance.source == "idx:mnist")
    #expect(parts.train.valueRange == 0...1)
    #expect(parts.train.labelNames.count == 10)
    #expect(parts.train.labels?.prefix(6) == [5, 0, 4, 1, 9, 2])
    #expect(parts.test?.labels?.prefix(6) == [7, 2, 1, 0, 4, 1])

    var histogram = [Int](repeating: 0, count: 256)
    try bytes(parts.train).withUnsafeBufferPointer { bytes in
      histogram.withUnsafeMutableBufferPointer { histogram in
        for byte in bytes { histogram[Int(byte)] += 1 }
      }
    }
    let total = Double(histogram.reduce(0, +))
    let mean = histogram.enumerated().reduce(0) { $0 + Double($1.0 * $1.1) } / total / 255
    let square =
      histogram.enumerated().reduce(0) { $0 + Double($1.0 * $1.0 * $1.1) } / total / 255 / 255
    #expect(abs(mean - 0.1307) < 5e-5)
    #expect(abs((square - mean * mean).squareRoot() - 0.3081) < 5e-5)
  }

  @Test(.enabled(if: SharedData.has("cifar10-4k")))
  func colourPhotosAreReadWithChannelsFirst() throws {
    let parts = try DataSource(parsing: SharedData.source("cifar10-4k")).open()
    #expect(parts.train.count == 3000)
    #expect(parts.test?.count == 1000)
    #expect(parts.train.shape == DataShape([3, 32, 32]))
    let raw = try IDXFile(path: SharedData.folder + "/cifar10-4k/train-images-idx4-ubyte.gz")
    let read = try bytes(parts.train)
    for example in [0, 1, 2999] {
      for pixel in [0, 1, 31, 32, 1023] {
        for channel in 0..<3 {
          #expect(
            read[example * 3072 + channel * 1024 + pixel]
              == raw.payload[example * 3072 + 3 * pixel + channel])
        }
      }
    }
    // The first picture of CIFAR-10, a frog: its first pixel is 59, 62, 63.
    #expect([read[0], read[1024], read[2048]] == [59, 62, 63])
    #expect(parts.train.labels?.prefix(4) == [6, 9, 9, 4])
  }

  @Test(.enabled(if: SharedData.has("att-faces")))
  func facesAreTallerThanWide() throws {
    let parts = try DataSource(parsing: SharedData.source("att-faces")).open()
    #expect(parts.train.count == 320)
    #expect(parts.test?.count == 80)
    #expect(parts.train.shape == DataShape([1, 112, 92]))
    #expect(parts.train.labelNames.count == 40)
  }
}

/// The readers of sentences against real text; skipped, and said so, where it is not there.
@Suite struct SharedTextTests {
  /// The sentences of 22 novels, read once.
  private static let books = Result {
    try DataSource(parsing: "text:\(SharedData.folder)/books/books-train.txt.gz").open().train
  }

  @Test(.enabled(if: SharedData.has("books")))
  func booksBecomeSentencesThatNeverCrossABook() throws {
    let data = try Self.books.get()
    #expect(data.documents.count == 22)
    #expect((140_000...160_000).contains(data.count))
    #expect(data.vocabulary?.count == 20_000)
    #expect(data.documents.first?.lowerBound == 0 && data.documents.last?.upperBound == data.count)
    #expect(data.examplesBetweenNeighbours.count == data.count - 44)
    // The second book begins here.
    #expect(data.captions[data.documents[1].lowerBound].contains("GRAND BABYLON"))
  }

  @Test(
    .enabled(if: SharedData.has("books") && SharedData.has("mr")),
    arguments: [("mr", 10_662), ("subj", 10_000), ("mpqa", 10_603)])
  func mostWordsOfTheTasksAreKnownFromTheBooks(name: String, count: Int) throws {
    let vocabulary = try Self.books.get().vocabulary
    let data = try DataSource(parsing: "tsv:\(SharedData.folder)/\(name)")
      .open(DataOptions(vocabulary: vocabulary)).train
    #expect(data.count == count)
    #expect(data.labelNames == ["0", "1"])
    let tokens = try data.examples(0..<data.count).scalars.filter { $0 > 1 }
    #expect(Double(tokens.count { $0 == 2 }) / Double(tokens.count) < 0.15)
  }
}
