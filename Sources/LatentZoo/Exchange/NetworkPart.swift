/// A part of a model that stands as a network of its own; the raw value is its name in the checkpoint's graph.
public enum NetworkPart: String, Choice {
  /// Data to codes.
  case encoder
  /// Codes to data.
  case decoder
}
