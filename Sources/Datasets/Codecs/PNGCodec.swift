internal import CPNG

/// PNG files in memory, by libpng's simplified interface.
enum PNGCodec {
  /// Packs a picture as an 8-bit PNG, grey or RGB.
  static func encode(_ picture: Picture, path: String) throws(DatasetError) -> [UInt8] {
    var image = latentzoo_png_image()
    image.width = UInt32(picture.width)
    image.height = UInt32(picture.height)
    image.format = latentzoo_png_format(Int32(picture.channels))
    var size = latentzoo_png_size_limit(image)
    var bytes = [UInt8](repeating: 0, count: size)
    let status = png_image_write_to_memory(&image, &bytes, &size, 0, picture.bytes, 0, nil)
    try check(status, &image, "png_image_write_to_memory", path)
    bytes.removeLast(bytes.count - size)
    return bytes
  }

  /// Unpacks a PNG to 8 bits a channel, grey where it is stored grey and RGB otherwise; what is
  /// transparent becomes white.
  static func decode(_ bytes: [UInt8], path: String) throws(DatasetError) -> Picture {
    var image = latentzoo_png_image()
    defer { png_image_free(&image) }
    // The picture keeps the address of the file's bytes between the two calls.
    return try bytes.withUnsafeBufferPointer { file throws(DatasetError) in
      let status = png_image_begin_read_from_memory(&image, file.baseAddress, file.count)
      try check(status, &image, "png_image_begin_read_from_memory", path)
      let channels = latentzoo_png_has_colour(image) != 0 ? 3 : 1
      image.format = latentzoo_png_format(Int32(channels))
      let (width, height) = (Int(image.width), Int(image.height))
      guard let size = checkedProduct([width, height, channels]), size <= InputLimit.pictureBytes
      else {
        throw .tooLarge(
          path: path, bytes: checkedProduct([width, height, channels]) ?? .max,
          limit: InputLimit.pictureBytes)
      }
      var pixels = [UInt8](repeating: 0, count: size)
      var white = png_color(red: 255, green: 255, blue: 255)
      try check(
        png_image_finish_read(&image, &white, &pixels, 0, nil), &image, "png_image_finish_read",
        path)
      return Picture(width: width, height: height, channels: channels, bytes: pixels)
    }
  }

  /// Size and channels as the header declares them; nothing is unpacked.
  static func format(of bytes: [UInt8], path: String) throws(DatasetError) -> PictureFormat {
    var image = latentzoo_png_image()
    defer { png_image_free(&image) }
    return try bytes.withUnsafeBufferPointer { file throws(DatasetError) in
      let status = png_image_begin_read_from_memory(&image, file.baseAddress, file.count)
      try check(status, &image, "png_image_begin_read_from_memory", path)
      return PictureFormat(
        width: Int(image.width), height: Int(image.height),
        channels: latentzoo_png_has_colour(image) != 0 ? 3 : 1)
    }
  }

  /// libpng returns 0 for a failure and keeps the message in the picture.
  private static func check(
    _ status: Int32, _ image: inout png_image, _ call: String, _ path: String
  ) throws(DatasetError) {
    guard status == 0 else { return }
    let message = String(cString: latentzoo_png_message(&image))
    throw .badPNG(path: path, reason: "\(call): \(message)")
  }
}
