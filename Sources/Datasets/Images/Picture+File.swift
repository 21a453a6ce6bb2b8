extension Picture {
  /// Endings of the file names of pictures that can be read, in lower case and without the dot.
  static let knownExtensions = ["png", "jpg", "jpeg"]

  /// Reads a PNG or JPEG file, told apart by how it begins: grey where it is stored grey, RGB otherwise,
  /// 8 bits a channel.
  ///
  /// What is transparent becomes white. A rotation noted in EXIF data is not applied.
  ///
  /// - Throws: ``DatasetError/fileMissing(path:)``, ``DatasetError/unreadable(path:reason:)``,
  ///   ``DatasetError/tooLarge(path:bytes:limit:)``, ``DatasetError/badPNG(path:reason:)`` and
  ///   ``DatasetError/badJPEG(path:reason:)``.
  public init(at path: String) throws(DatasetError) {
    let bytes = try InputFile.contents(of: path, limit: InputLimit.pictureBytes)
    self =
      bytes.starts(with: JPEGCodec.magic)
      ? try JPEGCodec.decode(bytes, path: path) : try PNGCodec.decode(bytes, path: path)
  }

  /// Size and channels of the picture in a PNG or JPEG file, as its header declares them.
  ///
  /// - Throws: as ``init(at:)``.
  static func format(at path: String) throws(DatasetError) -> PictureFormat {
    let bytes = try InputFile.contents(of: path, limit: InputLimit.pictureBytes)
    return bytes.starts(with: JPEGCodec.magic)
      ? try JPEGCodec.format(of: bytes, path: path) : try PNGCodec.format(of: bytes, path: path)
  }
}
