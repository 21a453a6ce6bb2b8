import Testing

@testable import Datasets

@Suite struct DigitsTests {
  let digits: Dataset

  init() throws {
    digits = try DataSource(parsing: "digits").open().train
  }

  @Test func thereAre1797ExamplesOfEightByEightPixels() throws {
    #expect(digits.count == 1797)
    #expect(digits.shape == DataShape([1, 8, 8]))
    #expect(digits.name == "digits")
    #expect(try DataSource(parsing: "digits").open().test == nil)
  }

  @Test func everyClassIsAsFrequentAsPublished() throws {
    let labels = try #require(digits.labels)
    let histogram = (0...9).map { digit in labels.count { $0 == digit } }
    #expect(histogram == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(digits.labelNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
  }

  @Test func theFirstExampleIsTheKnownZero() throws {
    let image = try digits.examples([0])
    #expect(image.shape == [1, 1, 8, 8])
    #expect(image.scalars[..<8].map { $0 * 16 } == [0, 0, 5, 13, 9, 1, 0, 0])
    #expect(digits.labels?.first == 0)
    #expect(digits.labels?.last == 8)
  }

  @Test func inkReachesOneAndPaperIsZero() {
    #expect(digits.divisor == 16)
    #expect(digits.valueRange == 0...1)
  }

  @Test func theChecksumIsTheOneThatTheConverterWrote() {
    #expect(
      digits.provenance.sha256
        == "8f26b2bd9d135c256808f68f14fdabddde6d9c7f869ae419704b051f0f14b3b3")
  }

  @Test func provenanceNamesSourceLicenceAndAuthors() {
    #expect(digits.provenance.source == "digits")
    #expect(digits.provenance.count == 1797)
    #expect(digits.provenance.licence == "CC BY 4.0")
    #expect(digits.provenance.citation?.contains("Alpaydin") == true)
  }
}
