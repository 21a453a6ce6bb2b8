import Foundation
import Testing

@testable import Datasets

@Suite struct SentenceSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ name: String, _ text: String) throws -> String {
    try folder.write(name, Array(text.utf8))
  }

  private func message(_ source: String, _ values: [String: String] = [:]) throws -> String {
    do throws(DatasetError) {
      _ = try DataSource(parsing: source).open(DataOptions(values: values))
      return "opened"
    } catch {
      return error.description.replacingOccurrences(of: folder.path + "/", with: "")
    }
  }

  private let prose = "He ran. He fell.\n\nHe rose.\n\u{0C}\nShe ran off.\n"

  @Test func proseBecomesSentencesInTheOrderOfTheirBooks() throws {
    let path = try write("book.txt", prose)
    let options = DataOptions(values: ["length": "4", "minimumCount": "1"])
    let data = try DataSource(parsing: "text:\(path)").open(options).train
    #expect(data.captions == ["He ran.", "He fell.", "He rose.", "She ran off."])
    #expect(data.documents == [0..<3, 3..<4])
    #expect(data.examplesBetweenNeighbours == [1])
    #expect(data.shape == DataShape([4]))
    #expect(data.signature.vocabularySize == data.vocabulary?.count)
    let vocabulary = try #require(data.vocabulary)
    #expect(vocabulary.tokens[3...] == [".", "he", "ran", "fell", "off", "rose", "she"])
    let rows = try data.examples([0, 3])
    #expect(rows.scalars == [4, 5, 3, 1, 9, 5, 7, 1])
    #expect(data.provenance.source == "text:book.txt")
    #expect(data.name == "book")
  }

  @Test func compressedProseIsTheSame() throws {
    let path = try write("book.txt", prose)
    let plain = try DataSource(parsing: "text:\(path)").open().train
    let packed = try DataSource(parsing: "text:\(try folder.gzip(path))").open().train
    #expect(packed.provenance.sha256 == plain.provenance.sha256)
    #expect(packed.name == "book")
  }

  @Test func aTestFileIsReadWithTheVocabularyOfTheTrainingPart() throws {
    let (train, test) = (try write("a.txt", prose), try write("b.txt", "He flew. He ran."))
    let parts = try DataSource(parsing: "text:\(train)")
      .open(DataOptions(values: ["test": test, "minimumCount": "1"]))
    let vocabulary = try #require(parts.test?.vocabulary)
    #expect(vocabulary == parts.train.vocabulary)
    let rows = try #require(try parts.test?.examples([0]))
    #expect(vocabulary.text(of: rows.scalars.map { Int($0) }) == "he <unk> .")
    #expect(parts.train.preprocessing.options["test"] == nil)
  }

  @Test func aGivenVocabularyIsUsed() throws {
    let path = try write("b.tsv", "1\tHe flew.\n")
    let vocabulary = try #require(Vocabulary(tokens: ["<pad>", "<eos>", "<unk>", "flew"]))
    let data = try DataSource(parsing: "tsv:\(path)")
      .open(DataOptions(values: ["length": "5"], vocabulary: vocabulary)).train
    #expect(data.vocabulary == vocabulary)
    #expect(try data.examples([0]).scalars == [2, 3, 2, 1, 0])
  }

  @Test func aTableHasLabelsAndSentences() throws {
    let path = try write("opinions.tsv", "good\tA fine day .\r\n\nbad\tA \"poor\" day .\n")
    let data = try DataSource(parsing: "tsv:\(path)").open().train
    #expect(data.captions == ["A fine day .", "A \"poor\" day ."])
    #expect(data.labelNames == ["bad", "good"])
    #expect(data.labels == [1, 0])
    #expect(data.documents.isEmpty)
  }

  @Test func classesThatAreNumbersAreInTheirOrder() throws {
    let path = try write("numbers.tsv", "10\ta\n9\tb\n-1\tc\n")
    let data = try DataSource(parsing: "tsv:\(path)").open().train
    #expect(data.labelNames == ["-1", "9", "10"])
    #expect(data.labels == [2, 1, 0])
  }

  @Test func aFolderHasATrainingAndATestTable() throws {
    _ = try write("train.tsv", "a\tone two\nb\tthree\n")
    _ = try write("test.tsv", "c\tone\n")
    let parts = try DataSource(parsing: "tsv:\(folder.path)").open()
    #expect(parts.train.labelNames == ["a", "b", "c"])
    #expect(parts.test?.labels == [2])
  }

  @Test func theFieldOfTheSentenceCanBeChosen() throws {
    let path = try write("pairs.tsv", "1\tfirst one\tsecond one\tX\n2\tfirst two\tsecond two\tY\n")
    let options = DataOptions(values: ["column": "3", "label": "4"])
    let data = try DataSource(parsing: "tsv:\(path)").open(options).train
    #expect(data.captions == ["second one", "second two"])
    #expect(data.labelNames == ["X", "Y"])
    let plain = try DataSource(parsing: "tsv:\(path)").open(DataOptions(values: ["label": "0"]))
    #expect(plain.train.labels == nil)
  }

  @Test func aSubsetKeepsItsCaptions() throws {
    let path = try write("book.txt", prose)
    let data = try DataSource(parsing: "text:\(path)").open().train
    #expect(try data.subset([2, 0]).captions == ["He rose.", "He ran."])
    #expect(try data.prefix(2).captions == ["He ran.", "He fell."])
    #expect(try data.prefix(2).documents == [0..<2])
  }

  @Test func textThatIsNoneIsRefusedWithItsLine() throws {
    let latin = try folder.write("latin.txt", Array("Fine.\ncaf".utf8) + [0xE9, 0x2E, 0x0A])
    #expect(
      try message("text:\(latin)")
        == "'latin.txt' is no text that can be read (line 2 is not UTF-8): convert it to UTF-8")
    let wide = try folder.write("wide.txt", [0x48, 0x00, 0x69, 0x00])
    #expect(
      try message("text:\(wide)")
        == "'wide.txt' is no text that can be read (line 1 holds a NUL byte): convert it to UTF-8")
  }

  @Test func textWithoutSentencesIsRefused() throws {
    let path = try write("empty.txt", "* * *\n\n")
    #expect(try message("text:\(path)") == "'empty.txt' holds no sentences: name a file of prose")
    let table = try write("empty.tsv", "\n\n")
    #expect(try message("tsv:\(table)") == "'empty.tsv' holds no sentences: name a file of prose")
  }

  @Test func tablesThatDoNotFitAreRefusedWithTheirLine() throws {
    let ragged = try write("ragged.tsv", "1\ta b\n\n0 c d\n")
    #expect(
      try message("tsv:\(ragged)")
        == "line 3 of 'ragged.tsv' has 1 fields where the first row has 2: make all rows equally "
        + "long")
    let blank = try write("blank.tsv", "1\ta b\n0\t  \n")
    #expect(
      try message("tsv:\(blank)")
        == "line 2 of 'blank.tsv' has no words where a sentence belongs: remove the line")
    let narrow = try write("narrow.tsv", "1\ta b\n")
    #expect(
      try message("tsv:\(narrow)", ["column": "3"])
        == "line 1 of 'narrow.tsv' has 2 fields, none in column 3: separate the fields by tabs, or "
        + "choose another column")
    #expect(try message("tsv:\(folder.path)/none") == "there is no file 'none': check the path")
  }

  @Test func badOptionsAreRefused() throws {
    let path = try write("book.txt", prose)
    #expect(
      try message("text:\(path)", ["length": "1"])
        == "the data option 'length' is a whole number from 2 to 1000000, got '1'")
    #expect(
      try message("text:\(path)", ["lenght": "9"])
        == "the data source 'text' has no option 'lenght' (did you mean 'length'?): there are "
        + "length, vocabulary, minimumCount, test, binarize")
  }
}
