import Tensors

/// Examples of one shape, in memory, that never change.
///
/// Values are in model units: pixels in `[0, 1]` where the source held bytes, numbers as they were
/// where it held numbers.
public struct Dataset: Sendable {
  /// A short name for files and messages, such as `mnist`.
  public let name: String
  /// The shape of one example.
  public let shape: DataShape
  /// Number of examples.
  public let count: Int
  /// The class of each example as an index into ``labelNames``, `nil` where the source has none.
  public let labels: [Int]?
  /// Name of every class; empty where there are no labels.
  public let labelNames: [String]
  /// Where the examples come from, with their count and checksum.
  public let provenance: Provenance
  /// What raw values were divided by to reach model units: 255 for bytes, 16 for the embedded digits,
  /// 1 for numbers.
  public let divisor: Float
  /// The least and the greatest value in the data, in model units; `0...0` where there are no examples.
  public let valueRange: ClosedRange<Float>
  let values: ExampleValues

  /// Makes a data set of bytes, which reach model units when divided by `divisor`.
  ///
  /// - Parameters:
  ///   - bytes: the examples one after another, `[N, C, H, W]` or `[N, features]`.
  ///   - divisor: the raw value that means 1, such as 255.
  ///   - labels: the class of each example, an index into `labelNames`.
  /// - Precondition: `bytes` holds whole examples, and labels fit both examples and names.
  public init(
    name: String, shape: DataShape, bytes: [UInt8], divisor: Float = 255, labels: [Int]? = nil,
    labelNames: [String] = [], origin: DataOrigin
  ) {
    precondition(divisor > 0, "bytes are divided by a positive number, got \(divisor)")
    self.init(
      name: name, shape: shape, values: .bytes(bytes, divisor: divisor), divisor: divisor,
      labels: labels, labelNames: labelNames, origin: origin)
  }

  /// Makes a data set of numbers that are in model units already.
  ///
  /// - Parameters:
  ///   - floats: the examples one after another, `[N, C, H, W]` or `[N, features]`, all finite.
  ///   - labels: the class of each example, an index into `labelNames`.
  /// - Precondition: `floats` holds whole examples of finite numbers, and labels fit both examples
  ///   and names.
  public init(
    name: String, shape: DataShape, floats: [Float], labels: [Int]? = nil,
    labelNames: [String] = [], origin: DataOrigin
  ) {
    self.init(
      name: name, shape: shape, values: .floats(floats), divisor: 1, labels: labels,
      labelNames: labelNames, origin: origin)
    precondition(
      firstNonFinite(in: floats) == nil,
      "the examples of '\(name)' hold a number that is not finite")
  }

  init(
    name: String, shape: DataShape, values: ExampleValues, divisor: Float, labels: [Int]?,
    labelNames: [String], origin: DataOrigin
  ) {
    let count = values.count / shape.featureCount
    precondition(
      values.count == count * shape.featureCount,
      "\(values.count) values are no whole number of examples of shape \(shape)")
    precondition(
      labels.map { $0.count == count } ?? true, "\(labels?.count ?? 0) labels for \(count) examples"
    )
    precondition(
      labels?.allSatisfy(labelNames.indices.contains) ?? true,
      "a label of '\(name)' is outside its \(labelNames.count) names")
    self.name = name
    self.shape = shape
    self.count = count
    self.labels = labels
    self.labelNames = labelNames
    self.provenance = Provenance(
      source: origin.source, count: count, sha256: values.sha256, licence: origin.licence,
      citation: origin.citation, url: origin.url)
    self.divisor = divisor
    self.valueRange = values.range
    self.values = values
  }
}

/// The position of the first NaN or infinity, `nil` where all numbers are finite.
func firstNonFinite(in floats: [Float]) -> Int? {
  floats.withUnsafeBufferPointer { floats in
    // A number minus itself is 0 exactly where it is finite; the sum needs no branch.
    var sum: Float = 0
    for value in floats { sum += value - value }
    return sum == 0 ? nil : floats.firstIndex { !$0.isFinite }
  }
}
