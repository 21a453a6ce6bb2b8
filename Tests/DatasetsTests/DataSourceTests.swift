import Testing

@testable import Datasets

@Suite struct DataSourceTests {
  private static let known =
    "digits, shapes, idx:DIR, images:DIR, npy:FILE, h5:FILE#/dataset, csv:FILE, text:FILE, tsv:FILE|DIR"

  private func message(_ text: String) -> String {
    do throws(DatasetError) {
      _ = try DataSource(parsing: text)
      return "understood"
    } catch {
      return error.description
    }
  }

  @Test func aSourceRemembersHowItWasWritten() throws {
    #expect(try DataSource(parsing: "idx:some/folder").description == "idx:some/folder")
  }

  private let known = DataSource.schemes.map(\.usage).joined(separator: ", ")

  @Test func anUnknownSchemeIsAnsweredWithTheNearestAndTheList() {
    #expect(
      message("digit")
        == "there is no data source 'digit' (did you mean 'digits'?): known are \(known)")
    #expect(
      message("ixd:mnist")
        == "there is no data source 'ixd:mnist' (did you mean 'idx:mnist'?): "
        + "known are \(known)")
    #expect(
      message("parquet:x")
        == "there is no data source 'parquet:x': known are \(known)")
  }

  @Test(arguments: ["idx", "idx:"])
  func aFolderHasToBeNamed(text: String) {
    #expect(
      message(text) == "the data source 'idx' needs to be told where to read: write idx:DIR")
  }

  @Test func digitsTakeNoArgument() {
    #expect(
      message("digits:7")
        == "the data source 'digits' takes no argument, but was given '7': write digits alone")
  }

  @Test func theNearestNameIsFoundAcrossSwapsAndCase() {
    #expect(NearestName.of("Digtis", among: ["digits", "idx"]) == "digits")
    #expect(NearestName.of("vae", among: ["ae", "pca"]) == "ae")
    #expect(NearestName.of("tomato", among: ["digits", "idx"]) == nil)
    #expect(NearestName.distance("", "abc") == 3)
    #expect(NearestName.distance("kitten", "sitting") == 3)
    #expect(NearestName.distance("ab", "ba") == 1)
  }
}
