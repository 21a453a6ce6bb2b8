/// A picture of bytes, grey or RGB, as it is written to a file or shown on a terminal.
public struct Picture: Hashable, Sendable {
  /// Columns in pixels, at least 1.
  public let width: Int
  /// Rows in pixels, at least 1.
  public let height: Int
  /// Bytes of a pixel: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// The pixels row by row from the top, `[H, W, C]`, each channel 0 (dark) to 255 (bright), sRGB.
  public var bytes: [UInt8]

  /// Makes a picture of its pixels, `[H, W, C]`.
  ///
  /// - Precondition: sizes are positive, `channels` is 1 or 3, and there are as many bytes.
  public init(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
    precondition(
      width >= 1 && height >= 1 && (channels == 1 || channels == 3),
      "a picture of \(width)×\(height) pixels with \(channels) channels")
    precondition(
      bytes.count == width * height * channels,
      "a picture of \(width)×\(height)×\(channels) holds \(width * height * channels) bytes, "
        + "got \(bytes.count)")
    self.width = width
    self.height = height
    self.channels = channels
    self.bytes = bytes
  }

  /// Makes a picture of one shade.
  ///
  /// - Precondition: sizes are positive and `channels` is 1 or 3.
  public init(width: Int, height: Int, channels: Int, shade: UInt8) {
    self.init(
      width: width, height: height, channels: channels,
      bytes: [UInt8](repeating: shade, count: max(0, width * height * channels)))
  }

  /// The pixel in column `x` and row `y` as red, green and blue, equal for grey.
  ///
  /// - Precondition: the pixel lies in the picture.
  public func rgb(x: Int, y: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
    precondition(x >= 0 && x < width && y >= 0 && y < height, "no pixel (\(x), \(y))")
    let start = (y * width + x) * channels
    return channels == 1
      ? (bytes[start], bytes[start], bytes[start])
      : (bytes[start], bytes[start + 1], bytes[start + 2])
  }
}
