/// A part of a model that stands as a network of its own; the raw value is its name in the checkpoint's graph.
public enum NetworkPart: String, Choice {
  /// Data to codes.
  case encoder
  /// Data and their classes to codes, where ``encoder`` finds the classes by itself.
  case labelledEncoder = "encoder_with_labels"
  /// Codes to data.
  case decoder
}
