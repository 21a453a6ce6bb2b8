internal import CDigits

/// The 1,797 real handwritten digits that travel inside the library.
enum EmbeddedDigits {
  /// All examples, `[1, 8, 8]`, in the order in which they were published.
  static func dataset() -> Dataset {
    let count = Int(latentzoo_digits_count)
    let pixels = UnsafeBufferPointer(
      start: latentzoo_digits_pixels_start(), count: count * Int(latentzoo_digits_size))
    let labels = UnsafeBufferPointer(start: latentzoo_digits_labels_start(), count: count)
    return Dataset(
      name: "digits", shape: DataShape([1, 8, 8]), bytes: Array(pixels), divisor: 16,
      labels: labels.map(Int.init), labelNames: (0...9).map(String.init), origin: origin)
  }

  private static let origin = DataOrigin(
    source: "digits", licence: "CC BY 4.0",
    citation: "E. Alpaydin and C. Kaynak (1998). Optical Recognition of Handwritten Digits. "
      + "UCI Machine Learning Repository.",
    url: "https://doi.org/10.24432/C50P49")
}
