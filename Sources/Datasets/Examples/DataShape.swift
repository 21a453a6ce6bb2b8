import Tensors

/// The shape of one example, without the batch: `[C, H, W]` for an image, `[features]` for a vector.
public struct DataShape: Hashable, Sendable {
  /// The extents, outermost first, each at least 1.
  public let dimensions: [Int]

  /// Makes a shape of the given extents.
  ///
  /// - Precondition: there is at least one extent, and each is at least 1.
  public init(_ dimensions: [Int]) {
    precondition(
      !dimensions.isEmpty && dimensions.allSatisfy { $0 >= 1 },
      "an example has at least one extent and each is positive, got \(dimensions)")
    self.dimensions = dimensions
  }

  /// Number of values in one example: the product of all extents.
  public var featureCount: Int { dimensions.reduce(1, *) }

  /// Whether examples have the three axes `[C, H, W]` of an image.
  public var isImage: Bool { dimensions.count == 3 }

  /// Number of channels of an image, 1 for grey and 3 for RGB; `nil` where examples are not images.
  public var channels: Int? { isImage ? dimensions[0] : nil }

  /// Rows of an image in pixels; `nil` where examples are not images.
  public var height: Int? { isImage ? dimensions[1] : nil }

  /// Columns of an image in pixels; `nil` where examples are not images.
  public var width: Int? { isImage ? dimensions[2] : nil }

  /// The shape of `batchSize` examples together: `[B, C, H, W]` or `[B, features]`.
  ///
  /// - Precondition: `batchSize` is not negative.
  public func batched(_ batchSize: Int) -> Shape {
    Shape([batchSize] + dimensions)
  }
}

extension DataShape: Codable {
  /// Reads a plain list of extents, such as `[1, 28, 28]`.
  ///
  /// - Throws: `DecodingError` for an empty list, an extent below 1 or a product beyond `Int`.
  public init(from decoder: any Decoder) throws {
    let dimensions = try decoder.singleValueContainer().decode([Int].self)
    guard !dimensions.isEmpty, checkedProduct(dimensions) != nil,
      dimensions.allSatisfy({ $0 >= 1 })
    else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "\(dimensions) is not the shape of an example"))
    }
    self.dimensions = dimensions
  }

  /// Writes a plain list of extents, such as `[1, 28, 28]`.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(dimensions)
  }
}

extension DataShape: CustomStringConvertible {
  /// The extents with multiplication signs, such as `1×28×28`.
  public var description: String {
    dimensions.map(String.init).joined(separator: "×")
  }
}

/// The product of sizes read from a file, or `nil` where it does not fit `Int` or one is negative.
func checkedProduct(_ sizes: [Int]) -> Int? {
  var product = 1
  for size in sizes {
    let (next, overflow) = product.multipliedReportingOverflow(by: size)
    guard size >= 0, !overflow else { return nil }
    product = next
  }
  return product
}
