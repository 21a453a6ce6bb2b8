extension Picture {
  /// Reads a PNG file: grey where it is stored grey, RGB otherwise, 8 bits a channel; what is
  /// transparent becomes white.
  ///
  /// - Throws: ``DatasetError/fileMissing(path:)``, ``DatasetError/unreadable(path:reason:)``,
  ///   ``DatasetError/tooLarge(path:bytes:limit:)`` and ``DatasetError/badPNG(path:reason:)``.
  public init(pngAt path: String) throws(DatasetError) {
    let bytes = try InputFile.contents(of: path, limit: InputLimit.pictureBytes)
    self = try PNGCodec.decode(bytes, path: path)
  }

  /// Reads the bytes of a PNG file, such as a preview inside a checkpoint.
  ///
  /// - Parameters:
  ///   - data: the whole file.
  ///   - name: what to call it in an error message.
  /// - Throws: ``DatasetError/tooLarge(path:bytes:limit:)`` and ``DatasetError/badPNG(path:reason:)``.
  public init(pngData data: [UInt8], name: String) throws(DatasetError) {
    self = try PNGCodec.decode(data, path: name)
  }

  /// The bytes of a PNG file of this picture.
  ///
  /// - Throws: ``DatasetError/badPNG(path:reason:)`` where libpng fails.
  public func pngData() throws(DatasetError) -> [UInt8] {
    try PNGCodec.encode(self, path: "picture")
  }

  /// Writes a PNG file; whoever opens `path` meanwhile sees the old file or the new one.
  ///
  /// - Throws: ``DatasetError/unwritable(path:reason:)`` and ``DatasetError/badPNG(path:reason:)``.
  public func write(toPNG path: String) throws(DatasetError) {
    try OutputFile.write(PNGCodec.encode(self, path: path), to: path)
  }
}
