import Foundation
import HDF5
import TestSupport
import Testing

@testable import LatentZoo

@Suite struct ComparisonTests {
  /// Compares a toy model with itself after a change.
  private func comparison(
    settings: [Setting] = [], vocabulary: Vocabulary? = nil,
    _ change: (inout ModelRecord, Toy) -> Void = { _, _ in }
  ) throws -> CheckpointComparison {
    try withTemporaryFolder { folder in
      let (toy, specification) = try toyModel()
      try Checkpoint.write(
        Model(toy, record: .sample(specification, toy)), to: "\(folder)/a.h5")
      let (other, changed) = try toyModel(settings)
      var record = ModelRecord.sample(changed, other)
      change(&record, other)
      try Checkpoint.write(
        Model(other, record: record, vocabulary: vocabulary), to: "\(folder)/b.h5")
      return try Checkpoint.compare("\(folder)/a.h5", with: "\(folder)/b.h5")
    }
  }

  /// Compares weights of one number each, by name.
  private func tensors(_ first: [String: Float], _ second: [String: Float]) throws
    -> TensorComparison
  {
    try withTemporaryFolder { folder in
      func weights(_ name: String, _ values: [String: Float]) throws -> [String: PlainDataset] {
        let file = try File.create(at: "\(folder)/\(name).h5")
        for (name, value) in values { try file.root.write([value], shape: [1], to: name) }
        try file.close()
        let plain = try PlainFile.open(at: "\(folder)/\(name).h5")
        return try Checkpoint.weights(below: plain.root, prefix: "", depth: 0)
      }
      return try TensorComparison(weights("a", first), weights("b", second))
    }
  }

  @Test("Name and date do not make models different")
  func incidental() throws {
    let comparison = try comparison { record, _ in
      record.name = "other"
      record.createdAt = "2027-01-01T00:00:00Z"
    }
    #expect(comparison.isEqual)
    #expect(comparison.values.keys.map { $0 } == [.incidental])
    #expect(comparison.values[.incidental]?.map(\.key) == ["createdAt", "name"])
    #expect(comparison.tensors.equalCount == 4)
  }

  @Test("Settings, data, training and metrics are compared key by key")
  func values() throws {
    let comparison = try comparison { record, _ in
      record.training.batchSize = 7
      record.preprocessing.divisor = 255
      record.metrics[0].values = ["loss": 2, "kl": 1]
      record.libraryVersion = "9.9.9"
    }
    #expect(!comparison.isEqual)
    #expect(
      comparison.values[.training]
        == [ValueChange(key: "batchSize", first: 128, second: 7)])
    #expect(comparison.values[.data]?.map(\.key) == ["preprocessing.divisor"])
    #expect(comparison.values[.metrics]?.map(\.key) == ["test.values.kl", "test.values.loss"])
    #expect(comparison.values[.metrics]?.first?.first == nil)
    #expect(comparison.values[.identity]?.map(\.key) == ["libraryVersion"])
  }

  @Test("Differences of values are measured as maximum, mean and share of the norm")
  func tensors() throws {
    let comparison = try comparison { _, toy in
      toy.encoder.bias.withMutableFloats { $0[1] += 0.5 }
      toy.decoder.weight.withMutableFloats { for place in $0.indices { $0[place] *= 1.25 } }
    }
    let different = comparison.tensors.different
    #expect(comparison.tensors.equalCount == 2 && !comparison.isEqual)
    #expect(Set(different.map(\.path)) == ["encoder/bias", "decoder/weight"])
    let weight = try #require(different.first { $0.path == "decoder/weight" })
    #expect(abs(weight.relative - 0.25) < 1e-6 && weight.shape == [4, 2])
    let bias = try #require(different.first { $0.path == "encoder/bias" })
    #expect(abs(bias.maximum - 0.5) < 1e-6 && abs(bias.mean - 0.25) < 1e-6)
    #expect(different[0].relative >= different[1].relative)
  }

  @Test("Weights that one lacks, or has in another shape, are listed")
  func misfits() throws {
    let comparison = try comparison(settings: [Setting(key: "latentSize", value: 3)])
    #expect(
      comparison.tensors.misshapen.map(\.path)
        == ["decoder/weight", "encoder/bias", "encoder/weight"])
    #expect(comparison.values[.settings]?.map(\.key).contains("configuration.latentSize") == true)
    let more = try tensors(["a/b": 1, "c": 1], ["a/b": 1, "d": 1])
    #expect(more.onlyInFirst == ["c"] && more.onlyInSecond == ["d"] && more.equalCount == 1)
  }

  @Test("A vocabulary is part of a model")
  func vocabulary() throws {
    let vocabulary = Vocabulary(tokens: ["<pad>", "<eos>", "<unk>", "a"])
    let comparison = try comparison(vocabulary: vocabulary)
    #expect(comparison.objects == ["vocabulary"] && !comparison.isEqual)
  }

  @Test("A value that is no number is never equal, and comes first")
  func notFinite() throws {
    let comparison = try tensors(["a": 1, "b": 1, "c": -0.0], ["a": 3, "b": .nan, "c": 0])
    #expect(comparison.different.map(\.path) == ["b", "a"] && comparison.equalCount == 1)
    #expect(comparison.different[0].maximum.isNaN && comparison.different[0].relative.isNaN)
    #expect(comparison.different[1].relative == 2)
  }

  @Test("Objects are compared field by field, everything else as a whole")
  func documents() {
    let changes = ValueChange.between(
      .object(["a": 1, "b": .object(["c": [1, 2]]), "d": "x"]),
      .object(["a": 1, "b": .object(["c": [1, 3]]), "e": true]))
    #expect(
      changes == [
        ValueChange(key: "b.c", first: [1, 2], second: [1, 3]),
        ValueChange(key: "d", first: "x", second: nil),
        ValueChange(key: "e", first: nil, second: true),
      ])
  }
}

@Suite struct GraphComparisonTests {
  private func function(_ nodes: [GraphNode], constant: [Int] = [-1, 4]) -> GraphFunction {
    GraphFunction(
      inputs: [GraphValue(name: "x", shape: [.batch, .fixed(4)])],
      outputs: [GraphValue(name: "z", shape: [.batch, .fixed(2)])],
      weights: [GraphWeight(name: "w", shape: [2, 4])],
      initializers: [GraphInitializer(name: "#c0", shape: [constant.count], integers: constant)],
      nodes: nodes)
  }

  private func change(_ first: GraphFunction, _ second: GraphFunction) -> [String] {
    GraphComparison(["encoder": first], ["encoder": second]).changes.flatMap(\.lines)
  }

  private let reshape = GraphNode(op: "Reshape", inputs: ["x", "#c0"], outputs: ["#0"])

  private func gemm(_ input: String, _ output: String = "z", transposed: Int = 1) -> GraphNode {
    GraphNode(
      op: "Gemm", inputs: [input, "w"], outputs: [output],
      attributes: ["transB": .int(transposed)])
  }

  @Test("Names of results and of operators do not matter")
  func renamed() {
    let other = function([
      GraphNode(op: "Reshape", name: "flat", inputs: ["x", "#c0"], outputs: ["#7"]), gemm("#7"),
    ])
    #expect(change(function([reshape, gemm("#0")]), other) == [])
  }

  @Test("One operator more is one line")
  func inserted() {
    let relu = GraphNode(op: "Relu", inputs: ["#0"], outputs: ["#1"])
    #expect(
      change(function([reshape, gemm("#0")]), function([reshape, relu, gemm("#1")]))
        == ["+ Relu(·)"])
  }

  @Test("A changed attribute, constant or weight is seen")
  func changed() {
    let lines = change(function([gemm("x")]), function([gemm("x", transposed: 0)]))
    #expect(lines.count == 2 && lines[0].hasPrefix("- Gemm(·, w [2, 4], transB="))
    let constants = change(function([reshape]), function([reshape], constant: [-1, 5]))
    #expect(constants == ["- Reshape(·, int64[2] -1 4)", "+ Reshape(·, int64[2] -1 5)"])
  }

  @Test("Equal operators that are joined otherwise are seen")
  func rewired() {
    let nodes = [
      GraphNode(op: "Exp", inputs: ["x"], outputs: ["#0"]),
      GraphNode(op: "Exp", inputs: ["#0"], outputs: ["#1"]),
    ]
    let first = function(nodes + [gemm("#0")])
    let second = function(nodes + [gemm("#1")])
    #expect(change(first, second).count == 2)
    #expect(change(first, first) == [])
  }

  @Test("Functions that one lacks are named")
  func functions() {
    let comparison = GraphComparison(["encoder": function([])], ["decoder": function([])])
    #expect(comparison.onlyInFirst == ["encoder"] && comparison.onlyInSecond == ["decoder"])
    #expect(!comparison.isEqual)
  }
}
