/// How pictures of any size and kind become examples of one shape.
struct PicturePreparation: Hashable, Sendable {
  /// What happens where a picture's proportions are not those of the examples.
  enum Fit: String, CaseIterable, Sendable {
    /// The middle part that has the right proportions is taken.
    case crop
    /// The picture is stretched.
    case stretch
    /// The picture is made to fit in, with black around it.
    case pad
  }

  /// Rows and columns of an example.
  let size: PixelSize
  /// How proportions are treated.
  let fit: Fit
  /// 1 for grey, 3 for red, green and blue.
  let channels: Int

  /// The shape of an example, `[C, H, W]`.
  var shape: DataShape { DataShape([channels, size.height, size.width]) }

  /// An example of a picture, `[C, H, W]`.
  func bytes(of picture: Picture) -> [UInt8] {
    fitted(picture.withChannels(channels)).planes
  }

  /// A picture of the right size.
  private func fitted(_ picture: Picture) -> Picture {
    switch fit {
    case .stretch: return picture.resized(width: size.width, height: size.height)
    case .crop:
      // A picture of w×h has the right proportions where w / h = W / H.
      let width = min(picture.width, rounded(picture.height * size.width, size.height))
      let height = min(picture.height, rounded(picture.width * size.height, size.width))
      let (left, top) = ((picture.width - width) / 2, (picture.height - height) / 2)
      return picture.cropped(x: left..<left + width, y: top..<top + height)
        .resized(width: size.width, height: size.height)
    case .pad:
      let width = min(size.width, rounded(picture.width * size.height, picture.height))
      let height = min(size.height, rounded(picture.height * size.width, picture.width))
      return picture.resized(width: width, height: height).padded(to: size)
    }
  }

  /// A quotient to the nearest whole number that is at least 1.
  private func rounded(_ dividend: Int, _ divisor: Int) -> Int {
    max(1, (2 * dividend + divisor) / (2 * divisor))
  }
}

extension Picture {
  /// The picture in grey, by the weights of ITU-R BT.601, or in colours.
  func withChannels(_ count: Int) -> Picture {
    guard count != channels else { return self }
    guard count == 1 else {
      return Picture(
        width: width, height: height, channels: 3, bytes: bytes.flatMap { [$0, $0, $0] })
    }
    let grey = stride(from: 0, to: bytes.count, by: 3).map { start -> UInt8 in
      let (red, green, blue) = (Int(bytes[start]), Int(bytes[start + 1]), Int(bytes[start + 2]))
      return UInt8((299 * red + 587 * green + 114 * blue + 500) / 1000)
    }
    return Picture(width: width, height: height, channels: 1, bytes: grey)
  }

  /// The pixels channel by channel, `[C, H, W]`.
  var planes: [UInt8] {
    guard channels > 1 else { return bytes }
    return (0..<channels).flatMap { channel in
      stride(from: channel, to: bytes.count, by: channels).map { bytes[$0] }
    }
  }

  /// The picture in the middle of a larger black one.
  fileprivate func padded(to size: PixelSize) -> Picture {
    guard size.width != width || size.height != height else { return self }
    var result = Picture(width: size.width, height: size.height, channels: channels, shade: 0)
    let (left, top) = ((size.width - width) / 2, (size.height - height) / 2)
    let length = width * channels
    for y in 0..<height {
      let start = ((top + y) * size.width + left) * channels
      result.bytes.replaceSubrange(
        start..<start + length, with: bytes[y * length..<(y + 1) * length])
    }
    return result
  }
}
