import Tensors
import Testing

@testable import Datasets

@Suite struct BatchScheduleTests {
  @Test func theLastBatchIsShorterOrLeftOut() {
    let whole = BatchSchedule(indices: Array(0..<10), batchSize: 4, order: .listed)
    #expect(whole.batchesPerEpoch == 3)
    #expect(whole.range(ofBatch: 2) == 8..<10)
    let dropping = BatchSchedule(
      indices: Array(0..<10), batchSize: 4, order: .listed, dropsLast: true)
    #expect(dropping.batchesPerEpoch == 2)
    let even = BatchSchedule(indices: Array(0..<8), batchSize: 4, order: .listed)
    #expect(even.batchesPerEpoch == 2)
  }

  @Test func anEpochVisitsEveryExampleOnceInItsOwnOrder() {
    let indices = Array(stride(from: 5, to: 500, by: 5))
    let schedule = BatchSchedule(indices: indices, batchSize: 7, order: .shuffled(seed: 4))
    let orders = (0..<4).map { schedule.order(ofEpoch: $0) }
    for order in orders { #expect(order.sorted() == indices) }
    #expect(Set(orders).count == 4)
    #expect(schedule.order(ofEpoch: 2) == orders[2])
  }

  @Test func theOrderIsThatOfTheRandomSourceNamedAfterTheEpoch() {
    let schedule = BatchSchedule(
      indices: Array(0..<50), batchSize: 7, order: .shuffled(seed: 9))
    var random = RandomSource(seed: 9).forked("shuffle-3")
    #expect(schedule.order(ofEpoch: 3) == random.permutation(50))
  }

  @Test func thePositionAfterTheLastBatchIsTheNextEpoch() throws {
    let schedule = BatchSchedule(indices: Array(0..<10), batchSize: 4, order: .listed)
    #expect(
      BatchPosition(epoch: 1, batch: 2).advanced(in: schedule) == BatchPosition(epoch: 2, batch: 0))
    #expect(
      try schedule.checked(BatchPosition(epoch: 1, batch: 3)) == BatchPosition(epoch: 2, batch: 0))
    #expect(BatchPosition(epoch: 0, batch: 9) < BatchPosition(epoch: 1, batch: 0))
  }

  @Test(arguments: [
    BatchPosition(epoch: 0, batch: 4), BatchPosition(epoch: -1, batch: 0),
    BatchPosition(epoch: 0, batch: -1),
  ])
  func positionsThatDoNotExistAreRefused(position: BatchPosition) {
    let schedule = BatchSchedule(indices: Array(0..<10), batchSize: 4, order: .listed)
    #expect(
      throws: DatasetError.positionOutside(
        epoch: position.epoch, batch: position.batch, batchesPerEpoch: 3)
    ) { try schedule.checked(position) }
  }
}
