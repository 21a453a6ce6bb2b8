internal import HDF5

extension Checkpoint {
  /// A picture that a checkpoint may hold; the raw value is the name of its dataset.
  public enum PictureKind: String, CaseIterable, Codable, Sendable {
    /// Held-back images, and below them what the model makes of them.
    case preview
    /// New images from the model's prior.
    case samples

    /// What it shows, in one line.
    public var title: String {
      switch self {
      case .preview: "Examples, and below each its reconstruction"
      case .samples: "Samples: new examples from random codes"
      }
    }
  }

  /// The pictures that a checkpoint holds.
  ///
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  public static func readPictures(at path: String) throws -> [PictureKind: Picture] {
    let root = try open(path).root
    var pictures: [PictureKind: Picture] = [:]
    for kind in PictureKind.allCases where try root.contains(kind.rawValue) {
      let dataset = try root.dataset(kind.rawValue)
      let shape = dataset.shape
      guard shape.count == 2 || shape.count == 3 && shape[2] == 3,
        shape.allSatisfy({ (1...mostPixels).contains($0) })
      else {
        throw CheckpointError.malformed(
          file: path, object: kind.rawValue, reason: "has the shape \(shape), no picture's")
      }
      pictures[kind] = Picture(
        width: shape[1], height: shape[0], channels: shape.count == 3 ? 3 : 1,
        bytes: try dataset.read(as: UInt8.self))
    }
    return pictures
  }

  /// Longest side of a picture in pixels.
  private static let mostPixels = 1 << 16

  /// Writes pictures by HDF5's IMAGE convention 1.2, so that viewers show them as what they are.
  static func write(_ pictures: [PictureKind: Picture], to root: Group) throws {
    for (kind, picture) in pictures.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let colours = picture.channels == 3 ? [3] : []
      let dataset = try root.write(
        picture.bytes, shape: [picture.height, picture.width] + colours, to: kind.rawValue)
      try markAsImage(dataset, isColour: picture.channels == 3)
      try dataset.writeAttribute(kind.title, to: "long_name")
    }
  }

  /// Attaches what the convention demands; its texts are ASCII of fixed length.
  private static func markAsImage(_ dataset: HDF5.Dataset, isColour: Bool) throws {
    try dataset.writeTerminatedAttribute("IMAGE", to: "CLASS")
    try dataset.writeTerminatedAttribute("1.2", to: "IMAGE_VERSION")
    try dataset.writeTerminatedAttribute(
      isColour ? "IMAGE_TRUECOLOR" : "IMAGE_GRAYSCALE", to: "IMAGE_SUBCLASS")
    if isColour {
      try dataset.writeTerminatedAttribute("INTERLACE_PIXEL", to: "INTERLACE_MODE")
      try dataset.writeTerminatedAttribute("RGB", to: "IMAGE_COLORMODEL")
    } else {
      try dataset.writeAttribute(UInt8(0), to: "IMAGE_WHITE_IS_ZERO")
    }
    try dataset.writeAttribute([UInt8.min, UInt8.max], to: "IMAGE_MINMAXRANGE")
    try dataset.writeTerminatedAttribute("UL", to: "DISPLAY_ORIGIN")
  }
}
