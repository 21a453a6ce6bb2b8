import Tensors
import Testing

@testable import Datasets

@Suite(.timeLimit(.minutes(1))) struct BatchContentsTests {
  /// Twelve examples of one number, three classes, in two documents of five and seven.
  private func dataset(labels: [Int]? = (0..<12).map { $0 % 3 }) -> Dataset {
    var traits = DatasetTraits()
    traits.documents = [0..<5, 5..<12]
    return Dataset(
      name: "d", shape: DataShape([1]), floats: (0..<12).map(Float.init), labels: labels,
      labelNames: ["a", "b", "c"], traits: traits, origin: DataOrigin(source: "d"))
  }

  private func floats(_ storage: Storage, _ count: Int) -> [Float] {
    storage.withFloats { Array($0.prefix(count)) }
  }

  @Test("Neighbours are the examples before and after, and never of another document")
  func neighbours() throws {
    let dataset = dataset()
    #expect(dataset.examplesBetweenNeighbours == [1, 2, 3, 6, 7, 8, 9, 10])
    let loader = try BatchLoader(
      dataset, indices: dataset.examplesBetweenNeighbours, batchSize: 3,
      order: .shuffled(seed: 1), epochs: 2, contents: [.labels, .neighbours])
    var seen = 0
    while let batch = try loader.nextBatch() {
      let columns = batch.storages.map { floats($0, batch.count) }
      for row in 0..<batch.count {
        let x = columns[0][row]
        #expect(columns[1][row] == Float(Int(x) % 3))
        #expect(columns[2][row] == x - 1 && columns[3][row] == x + 1)
        seen += 1
      }
    }
    #expect(seen == 16)
  }

  @Test("Labelled examples run on over batches and epochs, each equally often, wherever one begins")
  func labelledExamples() throws {
    let dataset = dataset(labels: [-1, 1, -1, -1, 2, -1, -1, 0, -1, -1, -1, -1])
    func drain(_ start: BatchPosition) throws -> [[Float]] {
      let loader = try BatchLoader(
        dataset, batchSize: 5, order: .shuffled(seed: 2), startingAt: start, epochs: 3,
        contents: .labelledExamples)
      var seen: [[Float]] = []
      while let batch = try loader.nextBatch() {
        seen.append(floats(batch.storages[1], batch.count) + floats(batch.storages[2], batch.count))
      }
      return seen
    }
    let all = try drain(.start)
    #expect(try drain(BatchPosition(epoch: 1, batch: 1)) == Array(all[4...]))
    var counts: [Float: Int] = [:]
    for batch in all {
      for (x, label) in zip(batch.prefix(batch.count / 2), batch.suffix(batch.count / 2)) {
        #expect(dataset.labels?[Int(x)] == Int(label))
        counts[x, default: 0] += 1
      }
    }
    #expect(Set(counts.keys) == [1, 4, 7])
    #expect((counts.values.max() ?? 0) - (counts.values.min() ?? 0) <= 4)
  }

  @Test("Hidden labels are spread evenly over the classes, and the seed decides which stay")
  func hiddenLabels() {
    let shown = dataset().hidingLabels(keeping: 7, seed: 3)
    let kept = (shown.labels ?? []).filter { $0 >= 0 }
    #expect(kept.count == 7)
    let counts = (0..<3).map { label in kept.filter { $0 == label }.count }
    #expect(counts.sorted() == [2, 2, 3])
    #expect(shown.labels == dataset().hidingLabels(keeping: 7, seed: 3).labels)
    #expect(shown.labels != dataset().hidingLabels(keeping: 7, seed: 4).labels)
    #expect(dataset().hidingLabels(keeping: 50, seed: 3).labels == dataset().labels)
  }

  @Test("A source that fails while it is read ends the batches with its error")
  func failingSource() throws {
    let dataset = Dataset(
      name: "broken", shape: DataShape([1]),
      values: .streamed(
        BrokenSource(), ExampleSummary(of: .floats([0]))), divisor: 1, labels: nil,
      labelNames: [], origin: DataOrigin(source: "broken"))
    let loader = try BatchLoader(dataset, batchSize: 2, order: .listed, epochs: 1)
    #expect(try loader.nextBatch()?.count == 2)
    #expect(throws: DatasetError.fileMissing(path: "gone")) {
      while let batch = try loader.nextBatch() { _ = batch.count }
    }
  }

  @Test("A source on disk is looked at once, block by block, for checksum, range and faults")
  func summary() throws {
    let source = CountingSource(count: 3, size: 2, bad: nil)
    let streamed = try Dataset(
      name: "s", shape: DataShape([2]), streaming: source, origin: DataOrigin(source: "s"),
      path: "s.h5")
    let inMemory = Dataset(
      name: "m", shape: DataShape([2]), floats: [0, 1, 2, 3, 4, 5],
      origin: DataOrigin(source: "m"))
    #expect(streamed.provenance.sha256 == inMemory.provenance.sha256)
    #expect(streamed.valueRange == 0...5)
    #expect(try streamed.subset([2, 0]).examples(0..<2).scalars == [4, 5, 0, 1])
    #expect(throws: DatasetError.notFinite(path: "s.h5", example: 1)) {
      try Dataset(
        name: "s", shape: DataShape([2]),
        streaming: CountingSource(count: 3, size: 2, bad: 3), origin: DataOrigin(source: "s"),
        path: "s.h5")
    }
  }
}

/// Gives two examples, then fails.
private struct BrokenSource: ExampleSource {
  let count = 6

  func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError) {
    guard rows.allSatisfy({ $0 < 2 }) else { throw .fileMissing(path: "gone") }
    target.update(repeating: 0)
  }
}

/// Counts upwards, but for one bad number.
private struct CountingSource: ExampleSource {
  let count: Int
  let size: Int
  let bad: Int?

  func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError) {
    for (place, row) in rows.enumerated() {
      for column in 0..<size {
        let number = row * size + column
        target[place * size + column] = number == bad ? .nan : Float(number)
      }
    }
  }
}
