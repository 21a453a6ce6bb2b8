import Testing

@testable import Datasets

@Suite struct TFIDFTests {
  private let sentences = ["a cat sat", "a dog sat down", "a cat a dog"]
    .map { $0.split(separator: " ").map(String.init) }

  /// Terms in order: a, a cat, a dog, cat, cat a, cat sat, dog, dog sat, down, sat, sat down.
  @Test func rowsAreWhatScikitLearnGives() {
    let terms = TFIDF(fitting: sentences)
    #expect(terms.size == 11)
    let rows = terms.rows(of: [sentences[2]])
    #expect(rows.count == 1)
    #expect(rows.columns == [0, 1, 2, 3, 4, 6])
    // scikit-learn 1.7, TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\S+").
    let expected: [Float] = [
      0.54434622, 0.35047243, 0.35047243, 0.35047243, 0.46082913, 0.35047243,
    ]
    for (value, wanted) in zip(rows.values, expected) { #expect(abs(value - wanted) < 1e-6) }
  }

  @Test func unknownTermsLeaveAnEmptyRow() {
    let rows = TFIDF(fitting: sentences).rows(of: [["zebra"], ["down"]])
    #expect(rows.places(0).isEmpty)
    #expect(rows.values == [1])
    #expect(rows.rows([1, 0, 1]).columns == [8, 8])
  }
}
