/// Draws a ``Picture`` as text for a terminal, two pixels above each other in every character.
public struct HalfBlockPreview: Hashable, Sendable {
  /// What the terminal can show.
  public enum Style: Hashable, Sendable {
    /// Upper half blocks `▀` in 24-bit colours.
    case colour
    /// Letters from light to heavy, without any escape sequences.
    case letters
  }

  /// Characters that a line may have at most.
  public let columns: Int
  /// What the terminal can show.
  public let style: Style

  private static let ramp = Array(" .:-=+*#%@")

  /// Makes a preview for a terminal of the given width.
  ///
  /// - Precondition: `columns` is at least 1.
  public init(columns: Int = 80, style: Style = .colour) {
    precondition(columns >= 1, "a terminal has at least one column, got \(columns)")
    self.columns = columns
    self.style = style
  }

  /// The lines of the preview, each ended by a newline.
  ///
  /// A picture that is wider than the terminal is made smaller by averaging; none is enlarged.
  public func text(of picture: Picture) -> String {
    let pixels = picture.shrunk(toWidth: columns)
    var text = ""
    for y in stride(from: 0, to: pixels.height, by: 2) {
      text += (style == .colour ? colourLine : letterLine)(pixels, y)
      text += "\n"
    }
    return text
  }

  private func colourLine(_ pixels: Picture, _ y: Int) -> String {
    var line = ""
    var last = ""
    for x in 0..<pixels.width {
      let upper = pixels.rgb(x: x, y: y)
      var colours = "38;2;\(upper.red);\(upper.green);\(upper.blue)"
      if y + 1 < pixels.height {
        let lower = pixels.rgb(x: x, y: y + 1)
        colours += ";48;2;\(lower.red);\(lower.green);\(lower.blue)"
      }
      // Colours stay until they are changed.
      line += colours == last ? "▀" : "\u{1B}[\(colours)m▀"
      last = colours
    }
    return line + "\u{1B}[0m"
  }

  private func letterLine(_ pixels: Picture, _ y: Int) -> String {
    String(
      (0..<pixels.width).map { x in
        let rows = y + 1 < pixels.height ? [y, y + 1] : [y]
        let sum = rows.reduce(0) { $0 + pixels.brightness(x: x, y: $1) }
        return Self.ramp[sum * (Self.ramp.count - 1) / (255 * rows.count)]
      })
  }
}

extension Picture {
  /// Brightness of a pixel, 0 to 255, by the weights of ITU-R BT.601.
  func brightness(x: Int, y: Int) -> Int {
    let (red, green, blue) = rgb(x: x, y: y)
    return (299 * Int(red) + 587 * Int(green) + 114 * Int(blue) + 500) / 1000
  }

  /// The picture, made smaller by averaging boxes of pixels where it is wider than `limit`.
  func shrunk(toWidth limit: Int) -> Picture {
    guard width > limit else { return self }
    let newHeight = max(1, (height * limit + width / 2) / width)
    var small = Picture(width: limit, height: newHeight, channels: channels, shade: 0)
    for y in 0..<newHeight {
      let rows =
        y * height / newHeight..<max((y + 1) * height / newHeight, y * height / newHeight + 1)
      for x in 0..<limit {
        let box = x * width / limit..<(x + 1) * width / limit
        for channel in 0..<channels {
          var sum = 0
          for row in rows {
            for column in box { sum += Int(bytes[(row * width + column) * channels + channel]) }
          }
          let area = rows.count * box.count
          small.bytes[(y * limit + x) * channels + channel] = UInt8((sum + area / 2) / area)
        }
      }
    }
    return small
  }
}
