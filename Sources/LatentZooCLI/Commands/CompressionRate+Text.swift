import LatentZoo

extension CompressionRate {
  /// Both rates in words: `24.5:1 in numbers (784 to 32), 6.1:1 in bits (bytes to float32)`.
  var text: String {
    "\(NumberText.ratio(numbers)) in numbers (\(NumberText.count(dataCount)) to "
      + "\(NumberText.count(codeCount))), \(NumberText.ratio(bits)) in bits (bytes to float32)"
  }
}
