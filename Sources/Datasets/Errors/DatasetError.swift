/// Everything that can be wrong with data from outside; each case carries the facts of its message.
public enum DatasetError: Error, Hashable, Sendable {
  // Naming a source.

  /// A source was named whose scheme is not known.
  case unknownScheme(text: String, nearest: String?, known: [String])
  /// A scheme that needs an argument was given none, such as `idx:`.
  case missingArgument(scheme: String, usage: String)
  /// A scheme without argument was given one, such as `digits:7`.
  case unexpectedArgument(scheme: String, argument: String)
  /// A reader was asked for something it does not know.
  case unknownOption(scheme: String, option: String, known: [String])
  /// A reader was asked for something by a value that it cannot use.
  case badOption(option: String, found: String, requirement: String)

  // Finding and reading files.

  /// There is no such folder.
  case directoryMissing(path: String)
  /// There is no such file.
  case fileMissing(path: String)
  /// The system refused to open, list or read something.
  case unreadable(path: String, reason: String)
  /// The system refused to write a file.
  case unwritable(path: String, reason: String)
  /// A folder holds no training images under any of the usual names.
  case noTrainingImages(directory: String, lookedFor: [String], found: [String])
  /// A folder holds several files for one part, and nothing says which is meant.
  case ambiguousFiles(directory: String, names: [String])
  /// The library that unpacks gzip files rejected one.
  case corruptGzip(path: String, reason: String)
  /// A file ends before its header says; sizes in bytes, uncompressed.
  case truncated(path: String, expected: Int, found: Int)
  /// A file goes on after what its header declares; sizes in bytes, uncompressed.
  case trailingBytes(path: String, expected: Int)
  /// A file declares more than we are ready to read; sizes in bytes, `Int.max` where it overflows.
  case tooLarge(path: String, bytes: Int, limit: Int)

  // What an IDX file says.

  /// A file does not begin as an IDX file does.
  case notIDX(path: String, start: [UInt8])
  /// An IDX file holds numbers of a type that does not exist.
  case unknownIDXType(path: String, code: UInt8)
  /// The sizes along the axes are none that we can make examples of.
  case unsupportedDimensions(path: String, dimensions: [Int], expected: String)
  /// A file of examples holds none.
  case noExamples(path: String)
  /// Images and labels are not equal in number.
  case labelCount(images: String, imageCount: Int, labels: String, labelCount: Int)
  /// A label is no class number.
  case badLabel(path: String, example: Int, value: Int, limit: Int)
  /// Labels are stored as fractions.
  case fractionalLabels(path: String)
  /// An example holds NaN or infinity.
  case notFinite(path: String, example: Int)
  /// The training and the test part hold examples of different shapes.
  case partsDiffer(train: String, trainShape: DataShape, test: String, testShape: DataShape)

  // Text.

  /// A file that should be text is not; lines count from 1.
  case notText(path: String, line: Int, reason: String)
  /// A file of text holds no sentence.
  case noSentences(path: String)
  /// A line of a `.tsv` file has fewer fields than are needed; lines and columns count from 1.
  case missingColumn(path: String, line: Int, column: Int, found: Int)
  /// A line of a `.tsv` file has no sentence where one belongs; lines count from 1.
  case emptySentence(path: String, line: Int)

  // Pictures.

  /// The library that reads and writes PNG rejected a picture.
  case badPNG(path: String, reason: String)
  /// The library that reads JPEG rejected a picture.
  case badJPEG(path: String, reason: String)
  /// A folder holds no pictures that we read.
  case noPictures(directory: String, found: [String])
  /// A folder of pictures holds one in a format that we do not read.
  case foreignPicture(path: String)
  /// A folder holds pictures beside folders of pictures.
  case picturesBesideFolders(directory: String, picture: String, folder: String)
  /// Two pictures differ in size, and no size was asked for; sizes in pixels, width first.
  case picturesDiffer(first: String, firstSize: String, second: String, secondSize: String)
  /// Numbers that have no shape a picture can be drawn of.
  case notDrawable(shape: [Int])
  /// Two stacks of images that should be drawn in pairs differ in shape.
  case pairsDiffer(originals: [Int], reconstructions: [Int])

  // Files of numbers.

  /// The ending of a file name says nothing we know.
  case unknownExtension(path: String, known: [String])
  /// A `.npy` file begins in a way we cannot read.
  case badNPYHeader(path: String, reason: String)
  /// A `.npy` file holds numbers of a type we do not read.
  case unsupportedNPYType(path: String, type: String, known: [String])
  /// A `.npy` file is stored column by column.
  case fortranOrder(path: String)
  /// A row of a `.csv` file has another number of fields than the first; lines count from 1.
  case raggedRow(path: String, line: Int, expected: Int, found: Int)
  /// A field of a `.csv` file is no number; lines and columns count from 1.
  case notANumber(path: String, line: Int, column: Int, text: String)

  // Tables.

  /// A quoted field of a `.csv` file does not end; lines count from 1.
  case openQuote(path: String, line: Int)
  /// A quoted field of a `.csv` file goes on after its closing quote.
  case textAfterQuote(path: String, line: Int)
  /// A field of a table is empty, or says that its value is not known; lines and columns count from 1.
  case missingValue(path: String, line: Int, column: Int)
  /// A table has no column of a name.
  case unknownColumn(path: String, column: String, known: [String])
  /// Several columns of a table hold words, and nothing says which gives the labels.
  case severalTextColumns(path: String, columns: [String])
  /// A table has a column of labels and no other.
  case noNumbers(path: String)
  /// A table has other columns than the one before it.
  case columnsDiffer(path: String, expected: [String], found: [String])

  // HDF5.

  /// The library that reads and writes HDF5 files rejected one, in its own words.
  case hdf5(path: String, reason: String)
  /// An HDF5 file holds no array of numbers.
  case noArray(path: String)
  /// An HDF5 file holds several arrays, and nothing says which is meant.
  case severalArrays(path: String, found: [String])
  /// An array in an HDF5 file holds something else than numbers that we read.
  case unsupportedArrayType(path: String, array: String, type: String, known: [String])
  /// There are not as many labels as rows to write them beside.
  case labelRows(rows: Int, labels: Int)

  // Preparing values.

  /// Data that should be binarised holds something else than probabilities.
  case notProbabilities(name: String, range: ClosedRange<Float>)

  // Splitting and batching.

  /// The share to hold back for validation is outside `[0, 1)`.
  case validationFraction(Double)
  /// There are too few examples to hold one back and train on another.
  case tooFewToSplit(count: Int)
  /// A stored position in the batches does not exist in this data.
  case positionOutside(epoch: Int, batch: Int, batchesPerEpoch: Int)
}
