import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite(.timeLimit(.minutes(1))) struct BatchLoaderTests {
  /// What a batch held, to be kept.
  private struct Seen: Hashable {
    let position: BatchPosition
    let examples: NDArray
    let labels: [Int]
  }

  private func drain(_ loader: BatchLoader) throws -> [Seen] {
    var seen: [Seen] = []
    while let batch = try loader.nextBatch() {
      seen.append(
        Seen(
          position: batch.position, examples: batch.examples(),
          labels: batch.storages.count < 2
            ? [] : batch.storages[1].withFloats { $0.prefix(batch.count).map { Int($0) } }))
    }
    return seen
  }

  private func loader(
    _ count: Int = 53, batchSize: Int = 8, seed: UInt64 = 5, from start: BatchPosition = .start,
    epochs: Int? = 3
  ) throws -> BatchLoader {
    try BatchLoader(
      countingDataset(count), batchSize: batchSize, order: .shuffled(seed: seed),
      startingAt: start, epochs: epochs, contents: .labels)
  }

  @Test func theSameSeedGivesTheSameBatches() throws {
    #expect(try drain(loader(seed: 5)) == drain(loader(seed: 5)))
    #expect(try drain(loader(seed: 5)) != drain(loader(seed: 6)))
  }

  @Test func everyExampleComesOnceInEachEpochWithItsLabel() throws {
    let batches = try drain(loader())
    for epoch in 0..<3 {
      let ofEpoch = batches.filter { $0.position.epoch == epoch }
      #expect(ofEpoch.map(\.position.batch) == Array(0..<7))
      let values = ofEpoch.flatMap { batch in
        stride(from: 0, to: batch.examples.shape.count, by: 6).map { batch.examples.scalars[$0] }
      }
      #expect(values.sorted() == (0..<53).map(Float.init))
      #expect(ofEpoch.flatMap(\.labels) == values.map { Int($0) % 10 })
    }
    #expect(batches.count == 21)
  }

  @Test func theLastBatchIsShorterAndTheRestOfItsBufferIsZero() throws {
    let loader = try BatchLoader(
      countingDataset(11), indices: Array(1..<11), batchSize: 4, order: .listed, epochs: 1,
      bufferCount: 2)
    for _ in 0..<2 { _ = try loader.nextBatch() }
    let last = try #require(try loader.withNextBatch { $0.facts })
    #expect(last.count == 2)
    #expect(last.shape == [2, 1, 2, 3])
    #expect(last.endsEpoch)
    #expect(
      last.floats
        == [Float](repeating: 9, count: 6) + [Float](repeating: 10, count: 6)
        + [Float](repeating: 0, count: 12))
  }

  @Test func aLastBatchCanBeLeftOut() throws {
    let loader = try BatchLoader(
      countingDataset(11), batchSize: 4, order: .listed, dropsLast: true, epochs: 2)
    #expect(try drain(loader).map(\.examples.shape) == Array(repeating: [4, 1, 2, 3], count: 4))
  }

  @Test func startingAnywhereGivesTheBatchesThatAnUninterruptedRunHadLeft() throws {
    let whole = try drain(loader())
    for (index, batch) in whole.enumerated() {
      #expect(try drain(loader(from: batch.position)) == Array(whole[index...]))
    }
    #expect(try drain(loader(from: BatchPosition(epoch: 0, batch: 7))) == Array(whole[7...]))
    #expect(try drain(loader(from: BatchPosition(epoch: 3, batch: 0))).isEmpty)
  }

  @Test func theNextPositionOfABatchIsThePositionOfTheNext() throws {
    let loader = try loader()
    var expected = BatchPosition.start
    while let batch = try loader.nextBatch() {
      #expect(batch.position == expected)
      expected = batch.nextPosition
    }
    #expect(expected == BatchPosition(epoch: 3, batch: 0))
  }

  @Test func aPositionThatDoesNotExistIsRefused() {
    #expect(
      throws: DatasetError.positionOutside(epoch: 1, batch: 99, batchesPerEpoch: 7)
    ) { try loader(from: BatchPosition(epoch: 1, batch: 99)) }
  }

  @Test func noExamplesMeanNoBatchesRatherThanAnEndlessWait() throws {
    let empty = try BatchLoader(
      countingDataset(5), indices: [], batchSize: 4, order: .listed, epochs: nil)
    #expect(try empty.withNextBatch { $0.count } == nil)
    let tooFew = try BatchLoader(
      countingDataset(3), batchSize: 4, order: .listed, dropsLast: true, epochs: nil)
    #expect(try tooFew.withNextBatch { $0.count } == nil)
    #expect(tooFew.batchesPerEpoch == 0)
  }

  @Test func labelsAreLeftOutWhereNobodyAsked() throws {
    let loader = try BatchLoader(countingDataset(4), batchSize: 4, order: .listed, epochs: 1)
    #expect(try drain(loader).first?.labels == [])
  }

  @Test func theLoaderWithoutEndRunsOnOverTheEpochs() throws {
    let loader = try loader(9, batchSize: 4, epochs: nil)
    var positions: [BatchPosition] = []
    for _ in 0..<7 {
      try #require(try loader.withNextBatch { positions.append($0.position) } != nil)
    }
    #expect(positions.map(\.epoch) == [0, 0, 0, 1, 1, 1, 2])
  }

  @Test func holdingManyBatchesAtOnceNeitherWaitsForEverNorSpoilsThem() throws {
    let loader = try BatchLoader(
      countingDataset(60), batchSize: 10, order: .listed, epochs: 1, bufferCount: 2)
    var kept: [Held] = []
    while let batch = try loader.nextBatch() { kept.append(Held(batch)) }
    #expect(kept.count == 6)
    for (index, held) in kept.enumerated() {
      #expect(held.batch.examples().scalars.first == Float(index * 10))
    }
  }

  @Test func buffersAreReusedWhenBatchesAreGivenBack() throws {
    let loader = try loader(epochs: 3)
    var buffers: Set<ObjectIdentifier> = []
    while let batch = try loader.nextBatch() { buffers.insert(ObjectIdentifier(batch.storage)) }
    #expect(buffers.count <= 3)
  }

  @Test func theThreadEndsWithTheLoaderInTheMiddleOfAnEpoch() throws {
    for taken in [0, 1, 5] {
      var loader: BatchLoader? = try self.loader(500, batchSize: 2, epochs: nil)
      for _ in 0..<taken { _ = try loader?.nextBatch() }
      weak let queue = loader?.queue
      loader = nil
      #expect(eventually { queue == nil }, "after \(taken) batches")
    }
  }

  @Test func aBatchOutlivesItsLoader() throws {
    var loader: BatchLoader? = try self.loader()
    guard let batch = try loader?.nextBatch() else {
      Issue.record("no batch")
      return
    }
    let before = batch.examples()
    loader = nil
    let after = batch.examples()
    #expect(after == before)
  }

  @Test func cancellingWakesSomebodyWhoWaits() throws {
    let queue = BatchQueue(count: 2, bufferSizes: [1])
    let waiter = Thread { _ = try? queue.takeFilled() }
    waiter.start()
    Thread.sleep(forTimeInterval: 0.02)
    queue.close(discarding: true)
    #expect(eventually { waiter.isFinished })
  }

  @Test func nothingComesAfterCancelling() throws {
    let loader = try loader(epochs: nil)
    _ = try loader.nextBatch()
    loader.cancel()
    #expect(try loader.withNextBatch { $0.count } == nil)
  }

  private func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<1000 {
      if condition() { return true }
      Thread.sleep(forTimeInterval: 0.005)
    }
    return false
  }
}

/// Keeps a batch that cannot be copied.
private final class Held {
  let batch: LoadedBatch
  init(_ batch: consuming LoadedBatch) { self.batch = batch }
}

extension LoadedBatch {
  /// What an expectation looks at.
  fileprivate var facts: (count: Int, shape: Shape, endsEpoch: Bool, floats: [Float]) {
    (count, shape, endsEpoch, storage.withFloats { Array($0) })
  }
}
