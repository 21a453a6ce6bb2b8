import Foundation

/// Opens a folder of pictures as examples of one shape.
struct ImageFolderReader {
  /// The most bytes of examples that are kept in memory; more are unpacked anew in each epoch.
  static let residentLimit = 1 << 30

  let folder: String
  let options: DataOptions
  /// As ``residentLimit``, for tests to lower.
  var limit = residentLimit

  /// Reads all pictures once: those of both parts become examples of one shape with one numbering of
  /// classes.
  ///
  /// - Throws: ``DatasetError``, naming the file that cannot be used.
  func open() throws(DatasetError) -> DataParts {
    let (train, test) = try ImageFolder.parts(of: folder)
    let preparation = try preparation(for: [train] + (test.map { [$0] } ?? []))
    let names = ClassNames(
      of: (train.classes ?? []) + (test?.classes ?? []),
      known: options.preprocessing?.labelNames ?? [])
    return DataParts(
      train: try dataset(of: train, preparation, names),
      test: try test.map { part throws(DatasetError) in try dataset(of: part, preparation, names) })
  }

  /// What makes examples of one shape: what was asked for, and otherwise what all pictures have in common.
  private func preparation(for parts: [ImageFolder]) throws(DatasetError) -> PicturePreparation {
    let fit = try options.choice(named: "fit", from: PicturePreparation.Fit.self) ?? .crop
    var size = try options["size"].map { text throws(DatasetError) in
      try PixelSize(parsing: text)
    }
    var channels = try options.number(named: "channels", allowed: [1, 3])
    if let size, let channels {
      return PicturePreparation(size: size, fit: fit, channels: channels)
    }
    var first: (path: String, format: PictureFormat)?
    var hasColour = false
    for file in parts.flatMap(\.files) {
      let format = try Picture.format(at: file)
      hasColour = hasColour || format.channels == 3
      if let first, size == nil,
        (first.format.width, first.format.height) != (format.width, format.height)
      {
        throw .picturesDiffer(
          first: first.path, firstSize: "\(first.format.width)×\(first.format.height)",
          second: file, secondSize: "\(format.width)×\(format.height)")
      }
      first = first ?? (file, format)
    }
    size = size ?? first.map { PixelSize(height: $0.format.height, width: $0.format.width) }
    channels = channels ?? (hasColour ? 3 : 1)
    guard let size, let channels else { throw .noPictures(directory: folder, found: []) }
    return PicturePreparation(size: size, fit: fit, channels: channels)
  }

  private func dataset(
    of part: ImageFolder, _ preparation: PicturePreparation, _ names: ClassNames
  ) throws(DatasetError) -> Dataset {
    let source = ImageFileSource(files: part.files, preparation: preparation)
    let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
    let origin = DataOrigin(source: "images:\(name)")
    let labels = part.classes.map { $0.map(names.label) }
    let labelNames = labels == nil ? [] : names.names
    var traits = DatasetTraits()
    traits.options = [
      "size": "\(preparation.size)", "fit": preparation.fit.rawValue,
      "channels": "\(preparation.channels)",
    ]
    return try Dataset(
      name: name, shape: preparation.shape, streaming: source, residentLimit: limit,
      labels: labels, labelNames: labelNames, traits: traits, origin: origin, path: part.path)
  }
}
