/// How raw data becomes what a model takes: what belongs to the weights on the side of the data.
public struct Preprocessing: Codable, Hashable, Sendable {
  /// A column of a table, standardised: `(raw - mean) / deviation`.
  public struct Column: Codable, Hashable, Sendable {
    /// Its name in the table's header; its number from 1 where there is none.
    public var name: String
    /// Mean of the training data, in raw units.
    public var mean: Double
    /// Standard deviation of the training data, in raw units; 1 for a column that never changes.
    public var deviation: Double

    /// Describes a column.
    public init(name: String, mean: Double, deviation: Double) {
      self.name = name
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// Raw values are divided by this.
  public var divisor: Double
  /// Least value of the training data in model units.
  public var lowest: Double
  /// Greatest value of the training data in model units.
  public var highest: Double
  /// Names of the classes, where the data has labels.
  public var labelNames: [String]
  /// The columns of a table; empty for other data.
  public var columns: [Column]
  /// What the reader was told, or found, such as `size=64x64`.
  public var options: [String: String]

  /// Makes a description.
  public init(
    divisor: Double, lowest: Double, highest: Double, labelNames: [String],
    columns: [Column] = [], options: [String: String] = [:]
  ) {
    self.divisor = divisor
    self.lowest = lowest
    self.highest = highest
    self.labelNames = labelNames
    self.columns = columns
    self.options = options
  }
}
