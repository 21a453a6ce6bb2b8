internal import CTurboJPEG

/// JPEG files in memory, by the TurboJPEG interface of libjpeg-turbo.
enum JPEGCodec {
  /// What every JPEG file begins with.
  static let magic: [UInt8] = [0xFF, 0xD8, 0xFF]

  /// Unpacks a JPEG to 8 bits a channel, grey where it is stored grey and RGB otherwise.
  ///
  /// What the decoder would only warn of, such as data that break off, counts as damage. A rotation noted
  /// in EXIF data is not applied.
  ///
  /// - Throws: ``DatasetError/badJPEG(path:reason:)`` and ``DatasetError/tooLarge(path:bytes:limit:)``,
  ///   the latter before memory is set aside for the pixels.
  static func decode(_ bytes: [UInt8], path: String) throws(DatasetError) -> Picture {
    let handle = try decompressor(path)
    defer { tjDestroy(handle) }
    let format = try header(of: bytes, handle, path)
    let size = format.width * format.height * format.channels
    guard size <= InputLimit.pictureBytes else {
      throw .tooLarge(path: path, bytes: size, limit: InputLimit.pictureBytes)
    }
    var pixels = [UInt8](repeating: 0, count: size)
    let pixelFormat = format.channels == 1 ? TJPF_GRAY : TJPF_RGB
    let status = tjDecompress2(
      handle, bytes, UInt(bytes.count), &pixels, Int32(format.width),
      Int32(format.width * format.channels), Int32(format.height), Int32(pixelFormat.rawValue),
      TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS)
    guard status == 0 else { throw failure(handle, path) }
    return Picture(
      width: format.width, height: format.height, channels: format.channels, bytes: pixels)
  }

  /// Size and channels as the header declares them; nothing is unpacked.
  ///
  /// - Throws: ``DatasetError/badJPEG(path:reason:)``.
  static func format(of bytes: [UInt8], path: String) throws(DatasetError) -> PictureFormat {
    let handle = try decompressor(path)
    defer { tjDestroy(handle) }
    return try header(of: bytes, handle, path)
  }

  private static func decompressor(_ path: String) throws(DatasetError) -> tjhandle {
    guard let handle = tjInitDecompress() else { throw failure(nil, path) }
    return handle
  }

  private static func header(
    of bytes: [UInt8], _ handle: tjhandle, _ path: String
  ) throws(DatasetError) -> PictureFormat {
    var (width, height, subsampling, colours) = (Int32(0), Int32(0), Int32(0), Int32(0))
    let status = tjDecompressHeader3(
      handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &colours)
    guard status == 0, width > 0, height > 0 else { throw failure(handle, path) }
    switch TJCS(rawValue: UInt32(bitPattern: colours)) {
    case TJCS_GRAY: return PictureFormat(width: Int(width), height: Int(height), channels: 1)
    case TJCS_RGB, TJCS_YCbCr:
      return PictureFormat(width: Int(width), height: Int(height), channels: 3)
    default: throw .badJPEG(path: path, reason: "its colours are mixed for print, CMYK")
    }
  }

  /// What the library says about the last call.
  private static func failure(_ handle: tjhandle?, _ path: String) -> DatasetError {
    let message = tjGetErrorStr2(handle).map { String(cString: $0) } ?? "unknown error"
    return .badJPEG(path: path, reason: message)
  }
}
