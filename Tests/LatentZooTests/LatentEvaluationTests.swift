import Testing

@testable import LatentZoo

@Suite struct LatentEvaluationTests {
  private let codes = NDArray([0, 1, 2, 10, 11, 12], shape: [6, 1])
  private let labels = [0, 0, 0, 1, 1, 1]

  @Test func withoutReferenceEachCodeIsComparedWithAllOthers() throws {
    let evaluation = try LatentEvaluation(codes: codes, labels: labels, seed: 1)
    let classification = try #require(evaluation.classification)
    #expect(classification.method == .leaveOneOut)
    #expect(classification.count == 6)
    #expect(classification.referenceCount == 5)
    // Five neighbours of six codes: the three others of the wrong class outvote the two of its own.
    #expect(classification.accuracy == 0)
    #expect(classification.dataAccuracy == nil)
    #expect(evaluation.clustering.clusters == 2)
    #expect(evaluation.clustering.accuracy == 1)
  }

  @Test func withReferenceTestCodesAreComparedWithTrainingCodes() throws {
    let train = NDArray((0..<10).map { Float($0 < 5 ? $0 : $0 + 20) }, shape: [10, 1])
    let known = (0..<10).map { $0 < 5 ? 0 : 1 }
    let evaluation = try LatentEvaluation(
      codes: codes, labels: labels, reference: (train, known), seed: 1)
    let classification = try #require(evaluation.classification)
    #expect(classification.method == .trainToTest)
    #expect(classification.referenceCount == 10)
    #expect(classification.accuracy == 0.5)
  }

  @Test func aSingleCodeIsClusteredButNotClassified() throws {
    let evaluation = try LatentEvaluation(
      codes: NDArray([1], shape: [1, 1]), labels: [0], seed: 1)
    #expect(evaluation.classification == nil)
    #expect(evaluation.clustering.purity == 1)
  }

  @Test func ofTooManyCodesTheSeedDrawsSome() {
    let all = LabelledCodes(
      codes: NDArray((0..<100).map(Float.init), shape: [100, 1]), labels: Array(0..<100))
    let drawn = all.drawn(10, seed: 7)
    #expect(drawn.labels.count == 10)
    #expect(drawn.codes.scalars == drawn.labels.map(Float.init))
    #expect(drawn.labels == all.drawn(10, seed: 7).labels)
    #expect(drawn.labels != all.drawn(10, seed: 8).labels)
    #expect(all.drawn(100, seed: 7).labels == all.labels)
  }

  @Test func theDigitsThemselvesTellTheirClasses() throws {
    let digits = try DataSource(parsing: "digits").open().train
    let rows = try digits.examples(0..<digits.count)
    let evaluation = try LatentEvaluation(
      codes: NDArray(rows.scalars, shape: [digits.count, 64]),
      labels: try #require(digits.labels), seed: 1)
    let classification = try #require(evaluation.classification)
    #expect(abs(classification.accuracy - 0.988) < 0.003)
    #expect(evaluation.clustering.accuracy > 0.6)
    #expect(evaluation.clustering.purity >= evaluation.clustering.accuracy)
  }
}
