import Foundation
import Testing

@testable import Datasets

@Suite struct VocabularyTests {
  private let sentences = [["b", "a", "b"], ["c", "a", "b"], ["d"]]

  @Test func frequentTokensComeFirstAndEqualOnesInAlphabeticOrder() {
    let vocabulary = Vocabulary(counting: sentences)
    #expect(vocabulary.tokens == ["<pad>", "<eos>", "<unk>", "b", "a", "c", "d"])
    #expect(vocabulary.index(of: "a") == 4)
    #expect(vocabulary.index(of: "zebra") == Vocabulary.unknownIndex)
  }

  @Test func rareTokensAndThoseBeyondTheSizeAreLeftOut() {
    #expect(Vocabulary(counting: sentences, minimumCount: 2).tokens.dropFirst(3) == ["b", "a"])
    #expect(Vocabulary(counting: sentences, maximumSize: 4).tokens.dropFirst(3) == ["b"])
  }

  @Test func sentencesArePaddedOrCutSoThatTheirEndFits() {
    let vocabulary = Vocabulary(counting: sentences)
    #expect(vocabulary.indices(of: ["a", "x"], length: 5) == [4, 2, 1, 0, 0])
    #expect(vocabulary.indices(of: ["b", "a", "c"], length: 3) == [3, 4, 1])
    #expect(vocabulary.indices(of: [], length: 1) == [1])
  }

  @Test func indicesReadBackUpToTheEnd() {
    let vocabulary = Vocabulary(counting: sentences)
    #expect(vocabulary.text(of: [3, 2, 4, 1, 3]) == "b <unk> a")
    #expect(vocabulary.text(of: [99, 0, 3]) == "<unk> b")
  }
}
