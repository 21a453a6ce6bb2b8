extension DatasetError {
  /// The sentence about a picture or a folder of pictures, `nil` for all other errors.
  var pictureDescription: String? {
    switch self {
    case .badPNG(let path, let reason):
      return "'\(path)' is no picture that can be handled (\(reason)): convert it to an 8-bit PNG"
    case .badJPEG(let path, let reason):
      return
        "'\(path)' is no JPEG that can be read (\(reason)): save it again as RGB JPEG or PNG, or "
        + "remove it"
    case .noPictures(let directory, let found):
      return "the folder '\(directory)' holds no pictures ending in "
        + Picture.knownExtensions.map { ".\($0)" }.joined(separator: ", ")
        + ", but \(Self.shortList(found)): name another folder"
    case .foreignPicture(let path):
      return "'\(path)' is a picture in a format that is not read: convert it to PNG or JPEG, or "
        + "remove it"
    case .picturesBesideFolders(let directory, let picture, let folder):
      return "the folder '\(directory)' holds both pictures, such as '\(picture)', and folders of "
        + "pictures, such as '\(folder)': put every picture into a folder named after its class, or "
        + "none"
    case .picturesDiffer(let first, let firstSize, let second, let secondSize):
      return
        "'\(first)' has \(firstSize) pixels, '\(second)' \(secondSize): give the size that all "
        + "should have, such as size=64x64"
    case .notDrawable(let shape):
      return "numbers of shape \(shape) are no pictures: give [N, C, H, W] with 1 or 3 channels"
    case .pairsDiffer(let originals, let reconstructions):
      return "originals of shape \(originals) and reconstructions of shape \(reconstructions) make "
        + "no pairs: give as many of the same size"
    default: return nil
    }
  }

  /// The first dozen names, or `nothing`.
  static func shortList(_ names: [String]) -> String {
    guard !names.isEmpty else { return "nothing" }
    let shown = names.count <= 12 ? names : Array(names.prefix(11)) + ["\(names.count - 11) more"]
    return shown.joined(separator: ", ")
  }
}
