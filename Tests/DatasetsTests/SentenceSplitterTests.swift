import Testing

@testable import Datasets

@Suite struct SentenceSplitterTests {
  private func split(_ text: String) -> [String] { SentenceSplitter().sentences(in: text) }

  @Test func linesOfAParagraphAreJoined() {
    #expect(
      split("One sentence\nover two  lines. And\r\nanother.") == [
        "One sentence over two lines.", "And another.",
      ])
  }

  @Test func blankLinesEndSentencesWithoutAMark() {
    #expect(split("CHAPTER ONE\n \t \nIt began") == ["CHAPTER ONE", "It began"])
  }

  @Test func aHyphenAtTheEndOfALineStays() {
    #expect(split("a hard-\nfaced man.") == ["a hard- faced man."])
  }

  @Test func aFormFeedEndsADocument() {
    let documents = SentenceSplitter().documents(in: "One. Two.\n\u{0C}\nThree.\n\u{0C}\n * * *\n")
    #expect(documents == [["One.", "Two."], ["Three."]])
  }

  @Test func closingQuotesAndBracketsStayWithTheirSentence() {
    #expect(
      split("\"Go.\" \"Why?\" (He went.) Then [he stopped!] Silence.") == [
        "\"Go.\"", "\"Why?\"", "(He went.)", "Then [he stopped!]", "Silence.",
      ])
    #expect(split("'Yes.' 'No!'") == ["'Yes.'", "'No!'"])
    #expect(split("\u{201C}Go.\u{201D} He went.") == ["\"Go.\"", "He went."])
  }

  @Test(arguments: [
    "\"Stop!\" he cried.",
    "\"Stop!\" I cried, and ran.",
    "\"What now?\" Tom asked.",
    "\"Oh!\" exclaimed Mr. Pickwick.",
    "\"Never!\" Mrs. Bardell replied.",
    "What! - and so late?",
    "Mr. Smith met Dr. St. John.",
    "He had No. 7 and pp. 3 to 9.",
    "J. S. Mill wrote it.",
    "Well ... I think so.",
    "Oh! what a day.",
    "IV. The Return",
    "It cost 3.50 in all.",
  ]) func oneSentenceStaysOne(sentence: String) {
    #expect(split(sentence) == [sentence])
  }

  @Test(arguments: [
    "It was I. He knew.", "\"No.\" Seven came.", "He stopped ... Then he went.",
    "\"Stop!\" The horse stood.", "She had no. Seven more came.",
  ]) func twoSentencesAreTwo(text: String) {
    #expect(split(text).count == 2, "\(split(text))")
  }

  @Test func emptyTextHasNoDocuments() {
    #expect(SentenceSplitter().documents(in: "\n\n \u{0C} \n").isEmpty)
  }
}
