/// How much smaller codes are than data.
public struct CompressionRate: Codable, Hashable, Sendable {
  /// Numbers in an example.
  public let dataCount: Int
  /// Numbers in its code.
  public let codeCount: Int
  /// ``dataCount`` divided by ``codeCount``.
  public let numbers: Double
  /// The same in bits, where data is bytes and codes are float32: a quarter of ``numbers``.
  public let bits: Double

  /// Compares sizes.
  ///
  /// - Precondition: both are positive.
  public init(dataCount: Int, codeCount: Int) {
    precondition(
      dataCount > 0 && codeCount > 0, "sizes are positive, got \(dataCount) and \(codeCount)")
    (self.dataCount, self.codeCount) = (dataCount, codeCount)
    numbers = Double(dataCount) / Double(codeCount)
    bits = numbers / 4
  }

  /// That of a model.
  public init(of record: ModelRecord) {
    self.init(
      dataCount: record.specification.dataShape.featureCount, codeCount: record.latentSize)
  }
}
