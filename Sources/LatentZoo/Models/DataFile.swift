/// Files that a model's data is read from and written to: numbers, and pictures where data are images.
public enum DataFile {
  /// The ending of pictures.
  static let pictureExtension = "png"

  /// Endings of the file names that can be read and written, without the dot.
  public static var knownExtensions: [String] { [pictureExtension] + ArrayFile.knownExtensions }

  /// Whether a name ends as a picture's does.
  public static func isPicture(_ path: String) -> Bool {
    path.lowercased().hasSuffix("." + pictureExtension)
  }

  /// Whether the ending of a name says which format is meant.
  public static func knows(_ path: String) -> Bool { isPicture(path) || ArrayFile.knows(path) }

  /// Checks, before anything is computed, that examples of a shape can be written to a file.
  ///
  /// - Parameters:
  ///   - path: the file; its ending tells the format.
  ///   - shape: of one example.
  ///   - isText: whether they are tokens, which can be written as sentences.
  /// - Throws: ``DataFileError/notDrawable(path:shape:alternatives:)``,
  ///   ``DataFileError/replacesModel(path:)`` or `DatasetError.unknownExtension`.
  public static func check(_ path: String, for shape: DataShape, isText: Bool = false) throws {
    guard knows(path) || isText && Self.isText(path) else {
      throw DatasetError.unknownExtension(
        path: path, known: (isText ? [textExtension] : []) + knownExtensions)
    }
    if isPicture(path), !isDrawable(shape) {
      throw DataFileError.notDrawable(
        path: path, shape: shape, alternatives: ArrayFile.knownExtensions)
    }
    try checkIsNoModel(path)
  }

  /// Checks, before anything is computed, that codes can be written to a file.
  ///
  /// - Throws: ``DataFileError/codesAsPicture(path:alternatives:)``,
  ///   ``DataFileError/replacesModel(path:)`` or `DatasetError.unknownExtension`.
  public static func checkForCodes(_ path: String) throws {
    if isPicture(path) {
      throw DataFileError.codesAsPicture(path: path, alternatives: ArrayFile.knownExtensions)
    }
    guard ArrayFile.knows(path) else {
      throw DatasetError.unknownExtension(path: path, known: ArrayFile.knownExtensions)
    }
    try checkIsNoModel(path)
  }

  /// Checks that no checkpoint is replaced: other files may be, but a model is lost too easily.
  private static func checkIsNoModel(_ path: String) throws(DataFileError) {
    let file = ArrayFile.file(of: path)
    if Checkpoint.isCheckpoint(at: file) { throw .replacesModel(path: file) }
  }

  /// Whether examples are images that a picture can show: `[1, H, W]` or `[3, H, W]`.
  public static func isDrawable(_ shape: DataShape) -> Bool {
    shape.channels == 1 || shape.channels == 3
  }

  /// Writes examples, as a grid of images to `.png` and as numbers otherwise.
  ///
  /// The rows of a table go to `.csv` in their raw units, below the names of their columns; all else is
  /// written in model units.
  ///
  /// - Parameters:
  ///   - examples: `[N, ...dataShape]`, pixels in `[0, 1]`.
  ///   - labels: the class of each example; only `.h5` has a place for them.
  ///   - preprocessing: that of the model the examples are of.
  ///   - path: the file; its ending tells the format.
  ///   - grid: how images are laid out in a picture.
  /// - Throws: `DatasetError`; a file that is there stays as it was.
  public static func write(
    _ examples: NDArray, labels: [Int]? = nil, of preprocessing: Preprocessing? = nil,
    to path: String, grid: ImageGrid = ImageGrid()
  ) throws {
    if isPicture(path) { return try grid.picture(of: examples).write(toPNG: path) }
    guard ArrayFile.isTable(path), let preprocessing, preprocessing.isTable(examples) else {
      return try ArrayFile.write(examples, labels: labels, to: path)
    }
    try ArrayFile.writeTable(
      preprocessing.restored(examples), header: preprocessing.header, to: path)
  }

  /// Examples as text, the way they are written to a `.csv` file.
  public static func csvText(of examples: NDArray, of preprocessing: Preprocessing? = nil) -> String
  {
    guard let preprocessing, preprocessing.isTable(examples) else {
      return ArrayFile.csvText(of: examples)
    }
    return ArrayFile.csvText(
      of: preprocessing.restored(examples), header: preprocessing.header)
  }

  /// Reads examples of a shape, `[N, ...shape]`, in model units.
  ///
  /// A file of numbers may leave out axes that follow from the shape: `[N, features]` stands for images,
  /// `[N, H, W]` for grey ones, and one example may come without `N`. A picture is one image; it is made
  /// grey or RGB as the shape asks.
  ///
  /// - Throws: ``DataFileError/wrongShape(path:expected:found:)``, `DatasetError.notFinite` and whatever
  ///   else `DatasetError` says about the file.
  public static func readExamples(_ path: String, shape: DataShape) throws -> NDArray {
    let array = isPicture(path) ? try image(path, shape) : try ArrayFile.readRows(path)
    let found = array.shape.dimensions
    let grey = shape.channels == 1 ? Array(shape.dimensions.dropFirst()) : shape.dimensions
    let accepted = [shape.dimensions, [shape.featureCount], grey]
    if accepted.contains(Array(found.dropFirst())) {
      return NDArray(array.scalars, shape: shape.batched(found[0]))
    }
    guard accepted.contains(found) else {
      throw DataFileError.wrongShape(
        path: path, expected: ["N"] + shape.dimensions.map(String.init), found: found)
    }
    return NDArray(array.scalars, shape: shape.batched(1))
  }

  /// Reads codes, `[N, latentSize]`; a single code may come without `N`.
  ///
  /// - Throws: ``DataFileError``, `DatasetError.notFinite` and whatever else `DatasetError` says about
  ///   the file.
  public static func readCodes(_ path: String, latentSize: Int) throws -> NDArray {
    if isPicture(path) {
      throw DataFileError.codesAsPicture(path: path, alternatives: ArrayFile.knownExtensions)
    }
    let array = try ArrayFile.readRows(path)
    let found = array.shape.dimensions
    if found.count == 2, found[1] == latentSize { return array }
    guard found == [latentSize] else {
      throw DataFileError.wrongShape(
        path: path, expected: ["N", String(latentSize)], found: found)
    }
    return NDArray(array.scalars, shape: [1, latentSize])
  }

  /// One image, `[1, C, H, W]`, with as many channels as the shape has, where it is an image's.
  private static func image(_ path: String, _ shape: DataShape) throws -> NDArray {
    guard isDrawable(shape) else {
      throw DataFileError.notDrawable(
        path: path, shape: shape, alternatives: ArrayFile.knownExtensions)
    }
    let picture = try Picture(pngAt: path)
    let pixels = (0..<picture.height).flatMap { y in
      (0..<picture.width).map { picture.rgb(x: $0, y: y) }
    }
    let scalars: [Float]
    if shape.channels == 3 {
      scalars = [pixels.map(\.red), pixels.map(\.green), pixels.map(\.blue)].joined()
        .map { Float($0) / 255 }
    } else {
      // Grey by the weights of ITU-R BT.601; what is grey already stays as it is.
      scalars = pixels.map { pixel in
        let sum = 299 * Int(pixel.red) + 587 * Int(pixel.green) + 114 * Int(pixel.blue)
        return Float((sum + 500) / 1000) / 255
      }
    }
    return NDArray(
      scalars, shape: [1, shape.channels ?? 1, picture.height, picture.width])
  }
}
