/// A part of a model that stands as a network of its own, by its name in the checkpoint's graph.
public struct NetworkPart: RawRepresentable, Hashable, Codable, Sendable {
  /// Name of the function, such as `decoder`, or `posterior` of a variational autoencoder.
  public let rawValue: String

  /// Names a function of the graph.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Data to codes.
  public static let encoder = NetworkPart(rawValue: ModelGraph.encoder)
  /// Data and their classes to codes, where ``encoder`` finds the classes by itself.
  public static let labelledEncoder = NetworkPart(rawValue: ModelGraph.labelledEncoder)
  /// Codes to data.
  public static let decoder = NetworkPart(rawValue: ModelGraph.decoder)
}
