import Tensors
import Testing

@testable import Datasets

@Suite struct SplitTests {
  @Test func everyExampleIsInExactlyOnePart() throws {
    var random = RandomSource(seed: 8)
    for seed in 0..<50 as Range<UInt64> {
      let count = Int.random(in: 2...500, using: &random)
      let split = try Split.make(
        count: count, validationFraction: .random(in: 0..<1, using: &random), seed: seed)
      #expect((split.train + split.validation).sorted() == Array(0..<count))
      #expect(split.train == split.train.sorted() && !split.train.isEmpty)
      #expect(split.validation == split.validation.sorted())
    }
  }

  @Test func theSameSeedGivesTheSameSplitAndAnotherSeedAnother() throws {
    let first = try Split.make(count: 100, validationFraction: 0.1, seed: 1)
    #expect(try Split.make(count: 100, validationFraction: 0.1, seed: 1) == first)
    #expect(try Split.make(count: 100, validationFraction: 0.1, seed: 2) != first)
    #expect(first.validation.count == 10)
  }

  @Test func theSplitOfAKnownSeedNeverChanges() throws {
    let split = try Split.make(count: 20, validationFraction: 0.2, seed: 1)
    #expect(split.validation == [5, 6, 11, 18])
  }

  @Test func nothingIsHeldBackForAFractionOfZero() throws {
    let split = try Split.make(count: 3, validationFraction: 0, seed: 1)
    #expect(split == Split(train: [0, 1, 2], validation: []))
    #expect(try Split.make(count: 0, validationFraction: 0, seed: 1).train.isEmpty)
  }

  @Test func atLeastOneIsHeldBackAndAtLeastOneIsLeft() throws {
    #expect(try Split.make(count: 3, validationFraction: 0.001, seed: 1).validation.count == 1)
    #expect(try Split.make(count: 3, validationFraction: 0.999, seed: 1).train.count == 1)
  }

  @Test(arguments: [-0.1, 1, 7, .nan, .infinity])
  func fractionsOutsideTheRangeAreRefused(fraction: Double) {
    #expect(throws: DatasetError.self) {
      try Split.make(count: 10, validationFraction: fraction, seed: 1)
    }
  }

  @Test func oneExampleCannotBeSplit() {
    #expect(throws: DatasetError.tooFewToSplit(count: 1)) {
      try Split.make(count: 1, validationFraction: 0.5, seed: 1)
    }
  }
}
