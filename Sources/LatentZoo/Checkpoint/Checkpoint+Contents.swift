import Foundation
internal import HDF5

/// What a checkpoint holds, told without building the networks: the family need not be known.
public struct CheckpointContents: Sendable {
  /// What is known about the model.
  public let record: ModelRecord
  /// The course of its training.
  public let history: TrainingHistory
  /// Every weight: the encoder's first, layer by layer.
  public let tensors: [StoredTensor]
  /// The networks as any tool can run them; `nil` where the file has no graph.
  public let graph: ModelGraph?
  /// Whether a density of the codes is kept.
  public let hasDensity: Bool
  /// Whether the training can be gone on with.
  public let hasTrainingState: Bool
  /// Size of the file, bytes.
  public let fileSize: Int
  /// The digest that stands for the whole file, 64 hexadecimal digits.
  public let sha256: String
}

/// A weight as it lies in a checkpoint.
public struct StoredTensor: Hashable, Codable, Sendable {
  /// Path below the networks, such as `encoder/head/mean/weight`.
  public let path: String
  /// Its extents.
  public let shape: [Int]
  /// First byte in the file; `nil` where the values are no plain byte range.
  public let byteOffset: Int?
  /// What its values are like; `nil` where they were not read.
  public let statistics: TensorStatistics?

  /// Number of values.
  public var count: Int { shape.reduce(1, *) }
}

/// What the values of a tensor are like.
public struct TensorStatistics: Hashable, Codable, Sendable {
  /// Mean of the values.
  public let mean: Double
  /// Their standard deviation.
  public let standardDeviation: Double
  /// The least value.
  public let lowest: Double
  /// The greatest value.
  public let highest: Double

  /// Measures values; `nil` where there are none.
  public init?(of values: some Collection<Float>) {
    guard let first = values.first else { return nil }
    var (sum, squares) = (0.0, 0.0)
    var (least, greatest) = (first, first)
    for value in values {
      sum += Double(value)
      least = min(least, value)
      greatest = max(greatest, value)
    }
    let mean = sum / Double(values.count)
    for value in values { squares += (Double(value) - mean) * (Double(value) - mean) }
    self.mean = mean
    standardDeviation = (squares / Double(values.count)).squareRoot()
    lowest = Double(least)
    highest = Double(greatest)
  }
}

extension Checkpoint {
  /// Reads everything about a model but the values of its weights.
  ///
  /// - Parameters:
  ///   - path: the checkpoint.
  ///   - measuringTensors: whether to read the values too, for their statistics.
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  public static func readContents(
    at path: String, measuringTensors: Bool = false
  ) throws -> CheckpointContents {
    let file = try open(path)
    let stored = try weights(
      below: try file.root.group(CheckpointFormat.networks), prefix: "", depth: 0)
    let tensors = try stored.map { name, dataset in
      StoredTensor(
        path: name, shape: dataset.shape, byteOffset: dataset.offset.map { Int($0) },
        statistics: measuringTensors
          ? TensorStatistics(of: try dataset.read(as: Float.self)) : nil)
    }
    return CheckpointContents(
      record: try readRecord(from: file, at: path), history: try readHistory(from: file, path),
      tensors: tensors.sorted { TensorOrder($0.path) < TensorOrder($1.path) },
      graph: try readGraph(from: file, path),
      hasDensity: try file.root.contains(CheckpointFormat.density),
      hasTrainingState: try file.root.contains(CheckpointFormat.trainingState),
      fileSize: file.size, sha256: try file.digest())
  }
}

/// The order of tensors in tables: the encoder first, numbers by value, weights before biases.
private struct TensorOrder: Comparable {
  private let parts: [String]

  init(_ path: String) { parts = path.split(separator: "/").map(String.init) }

  static func < (first: TensorOrder, second: TensorOrder) -> Bool {
    for (one, other) in zip(first.parts, second.parts) where one != other {
      if let number = Int(one), let limit = Int(other) { return number < limit }
      return (rank(one), one) < (rank(other), other)
    }
    return first.parts.count < second.parts.count
  }

  private static func rank(_ part: String) -> Int {
    part == "encoder" || part == "weight" ? 0 : 1
  }
}
