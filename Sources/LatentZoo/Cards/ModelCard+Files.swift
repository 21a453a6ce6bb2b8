import Foundation

extension ModelCard {
  /// Writes the card as Markdown, as a whole or not at all.
  ///
  /// - Throws: ``DataFileError/replacesModel(path:)`` or `DatasetError.unwritable`.
  public func write(to path: String) throws {
    guard !Checkpoint.isCheckpoint(at: path) else { throw DataFileError.replacesModel(path: path) }
    try OutputFile.write(Array(markdown.utf8), to: path)
  }

  /// Writes the pictures of a checkpoint beside a card and shows them in it.
  ///
  /// They are enlarged to be looked at: `CARD-preview.png` and `CARD-samples.png` beside `CARD.md`.
  ///
  /// - Throws: ``CheckpointError`` or `DatasetError.unwritable`.
  public mutating func illustrate(from checkpoint: String, beside path: String) throws {
    let base = (path as NSString).deletingPathExtension
    let pictures = try Checkpoint.readPictures(at: checkpoint)
    illustrations = try pictures.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, picture in
      let file = "\(base)-\(kind.rawValue).png"
      try picture.enlarged(toWidth: 640).write(toPNG: file)
      return Illustration(title: kind.title, file: (file as NSString).lastPathComponent)
    }
  }
}

extension Picture {
  /// The picture with each pixel drawn several times, so that it is about as wide as asked; never smaller than it is.
  func enlarged(toWidth wanted: Int) -> Picture {
    let scale = max(1, wanted / width)
    var picture = Picture(
      width: width * scale, height: height * scale, channels: channels, shade: 0)
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        let source = ((y / scale) * width + x / scale) * channels
        let target = (y * picture.width + x) * channels
        for channel in 0..<channels {
          picture.bytes[target + channel] = bytes[source + channel]
        }
      }
    }
    return picture
  }
}
