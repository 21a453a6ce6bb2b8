import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct WordVectorsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String) throws(any Error) -> WordVectors {
    try WordVectors(path: try folder.write("v.txt", Array(text.utf8)))
  }

  private func message(_ text: String) throws -> String {
    do {
      _ = try read(text)
      return "read"
    } catch let error as DatasetError {
      return error.description.replacingOccurrences(of: folder.path + "/", with: "")
    }
  }

  @Test(arguments: ["3 2\nThe 1 2\ncat -1 0.5 \nthe 9 9\n", "the 1 2\r\ncat -1 5e-1\n"])
  func wordsAndVectorsAreRead(text: String) throws {
    let vectors = try read(text)
    #expect(vectors.words == ["the", "cat"])
    #expect(vectors.vectors == NDArray([1, 2, -1, 0.5], shape: [2, 2]))
  }

  @Test func whatDoesNotFitIsRefusedWithItsLine() throws {
    #expect(
      try message("a 1 2\nb 1\n")
        == "line 2 of 'v.txt' has 2 fields where the first row has 3: make all rows equally long")
    #expect(
      try message("a 1 2\nb 1 x\n").hasPrefix("'x' in line 2, column 3 of 'v.txt' is not a number"))
    #expect(try message("") == "'v.txt' holds no examples: name a file with at least one")
  }
}
