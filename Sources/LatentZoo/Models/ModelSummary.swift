/// What a list shows of a model; read from its record without decoding all of it.
public struct ModelSummary: Hashable, Sendable {
  /// Name in the zoo, as recorded.
  public private(set) var name = ""
  /// Identifier of the family.
  public private(set) var family = ""
  /// Identifier of the backbone.
  public private(set) var backbone = ""
  /// Shape of one example.
  public private(set) var dataShape = DataShape([1])
  /// Which data it was trained on, such as `digits`.
  public private(set) var dataSource = ""
  /// Number of elements of a code.
  public private(set) var latentSize = 0
  /// Number of single values in all weights.
  public private(set) var parameterCount = 0
  /// When training ended, ISO 8601.
  public private(set) var createdAt = ""
  /// The first reported loss; `nil` where none was measured.
  public private(set) var loss: Double?

  /// Summarises a record.
  public init(_ record: ModelRecord) {
    name = record.name
    family = record.specification.family
    backbone = record.specification.backbone
    dataShape = record.specification.dataShape
    dataSource = record.data.source
    latentSize = record.latentSize
    parameterCount = record.parameterCount
    createdAt = record.createdAt
    loss = record.metrics.lazy.compactMap { $0.values["loss"] }.first
  }

  /// Reads the JSON text of a record; what the text lacks stays empty.
  init(parsing text: String) throws(JSONScanner.Fault) {
    var scanner = JSONScanner(text)
    try scanner.forEachField { (key, scanner) throws(JSONScanner.Fault) in
      switch key {
      case "name": name = try scanner.string()
      case "createdAt": createdAt = try scanner.string()
      case "latentSize": latentSize = try scanner.integer()
      case "parameterCount": parameterCount = try scanner.integer()
      case "specification": try readSpecification(&scanner)
      case "data":
        try scanner.forEachField { (key, scanner) throws(JSONScanner.Fault) in
          if key == "source" { dataSource = try scanner.string() } else { try scanner.skip() }
        }
      case "metrics":
        try scanner.forEachElement { (scanner) throws(JSONScanner.Fault) in
          try readMetrics(&scanner)
        }
      default: try scanner.skip()
      }
    }
  }

  private mutating func readSpecification(
    _ scanner: inout JSONScanner
  ) throws(JSONScanner.Fault) {
    try scanner.forEachField { (key, scanner) throws(JSONScanner.Fault) in
      switch key {
      case "family": family = try scanner.string()
      case "backbone": backbone = try scanner.string()
      case "data":
        try scanner.forEachField { (key, scanner) throws(JSONScanner.Fault) in
          if key == "shape" { dataShape = try Self.shape(&scanner) } else { try scanner.skip() }
        }
      default: try scanner.skip()
      }
    }
  }

  private mutating func readMetrics(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
    try scanner.forEachField { (key, scanner) throws(JSONScanner.Fault) in
      guard key == "values" else { return try scanner.skip() }
      try scanner.forEachField { (key, scanner) throws(JSONScanner.Fault) in
        if key == "loss", loss == nil {
          loss = try scanner.number()
        } else {
          try scanner.skip()
        }
      }
    }
  }

  private static func shape(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) -> DataShape {
    var sizes: [Int] = []
    try scanner.forEachElement { (scanner) throws(JSONScanner.Fault) in
      sizes.append(try scanner.integer())
    }
    guard !sizes.isEmpty, sizes.allSatisfy({ $0 >= 1 }) else {
      throw JSONScanner.Fault(position: 0)
    }
    return DataShape(sizes)
  }
}
