extension DatasetError: CustomStringConvertible {
  /// One sentence that names what is wrong, where, and a way out.
  public var description: String {
    sourceDescription ?? fileDescription ?? idxDescription ?? arrayDescription
      ?? tableDescription ?? hdf5Description ?? pictureDescription ?? textDescription
      ?? valueDescription ?? "the data cannot be used"
  }

  private var sourceDescription: String? {
    switch self {
    case .unknownScheme(let text, let nearest, let known):
      let hint = nearest.map { " (did you mean '\($0)'?)" } ?? ""
      return "there is no data source '\(text)'\(hint): known are \(known.joined(separator: ", "))"
    case .missingArgument(let scheme, let usage):
      return "the data source '\(scheme)' needs to be told where to read: write \(usage)"
    case .unexpectedArgument(let scheme, let argument):
      return "the data source '\(scheme)' takes no argument, but was given '\(argument)': "
        + "write \(scheme) alone"
    case .unknownOption(let scheme, let option, let known):
      let hint = NearestName.of(option, among: known).map { " (did you mean '\($0)'?)" } ?? ""
      let list = known.isEmpty ? "it has none" : "there are \(known.joined(separator: ", "))"
      return "the data source '\(scheme)' has no option '\(option)'\(hint): \(list)"
    case .badOption(let option, let found, let requirement):
      return "the data option '\(option)' \(requirement), got '\(found)'"
    default: return nil
    }
  }

  private var fileDescription: String? {
    switch self {
    case .directoryMissing(let path):
      return "there is no folder '\(path)': check the path"
    case .fileMissing(let path):
      return "there is no file '\(path)': check the path"
    case .unreadable(let path, let reason):
      return "'\(path)' cannot be read (\(reason)): check its type and permissions"
    case .unwritable(let path, let reason):
      return "'\(path)' cannot be written (\(reason)): check the folder, its permissions and the "
        + "space left"
    case .noTrainingImages(let directory, let lookedFor, let found):
      let names = found.isEmpty ? "nothing" : found.joined(separator: ", ")
      return "the folder '\(directory)' holds no training images: looked for "
        + "\(lookedFor.joined(separator: " or ")), found \(names); rename the file or name another "
        + "folder"
    case .ambiguousFiles(let directory, let names):
      return
        "the folder '\(directory)' holds \(names.joined(separator: " and ")), which could both "
        + "be meant: move all but one away"
    case .corruptGzip(let path, let reason):
      return "'\(path)' is a damaged gzip file (\(reason)): fetch it again"
    case .truncated(let path, let expected, let found):
      return "'\(path)' ends after \(found) of the \(expected) bytes that it declares: fetch it "
        + "again"
    case .trailingBytes(let path, let expected):
      return "'\(path)' goes on after the \(expected) bytes that it declares: fetch it again or "
        + "correct its header"
    case .tooLarge(let path, let bytes, let limit):
      let size = bytes == .max ? "more bytes than can be counted" : "\(bytes) bytes"
      return "'\(path)' declares \(size), more than the limit of \(limit): split it into smaller "
        + "files"
    default: return nil
    }
  }

  private var idxDescription: String? {
    switch self {
    case .notIDX(let path, let start):
      let bytes = start.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
      return
        "'\(path)' is no IDX file: it begins with \(bytes.isEmpty ? "nothing" : bytes) where two "
        + "zero bytes, a type and a number of axes belong; convert it to IDX"
    case .unknownIDXType(let path, let code):
      return
        "'\(path)' holds numbers of the unknown IDX type 0x\(String(code, radix: 16)): the types "
        + "are 0x8 unsigned byte, 0x9 signed byte, 0xb int16, 0xc int32, 0xd float32, 0xe float64"
    case .unsupportedDimensions(let path, let dimensions, let expected):
      return "'\(path)' has the sizes \(dimensions) where \(expected) is needed: reshape "
        + "the data"
    case .noExamples(let path):
      return "'\(path)' holds no examples: name a file with at least one"
    case .labelCount(let images, let imageCount, let labels, let labelCount):
      return "'\(images)' holds \(imageCount) examples, '\(labels)' \(labelCount) labels: use the "
        + "two files of one publication, or remove the labels"
    case .badLabel(let path, let example, let value, let limit):
      return "'\(path)' gives example \(example) the label \(value), outside 0 to \(limit - 1): "
        + "number the classes from 0"
    case .fractionalLabels(let path):
      return "'\(path)' stores labels as fractions: store class numbers as integers"
    case .partsDiffer(let train, let trainShape, let test, let testShape):
      return "'\(train)' holds examples of shape \(trainShape), '\(test)' of shape \(testShape): "
        + "use the two files of one publication"
    default: return nil
    }
  }

  private var arrayDescription: String? {
    switch self {
    case .unknownExtension(let path, let known):
      return "the name '\(path)' does not say which format is meant: end it in "
        + known.map { ".\($0)" }.joined(separator: " or ")
    case .badNPYHeader(let path, let reason):
      return "'\(path)' is no .npy file that can be read (\(reason)): write it again with "
        + "numpy.save"
    case .unsupportedNPYType(let path, let type, let known):
      return "'\(path)' holds numbers of type '\(type)': convert them to one of "
        + known.joined(separator: ", ")
    case .fortranOrder(let path):
      return "'\(path)' is stored in Fortran order: write it again with "
        + "numpy.ascontiguousarray"
    case .raggedRow(let path, let line, let expected, let found):
      return "line \(line) of '\(path)' has \(found) fields where the first row has \(expected): "
        + "make all rows equally long"
    case .notANumber(let path, let line, let column, let text):
      return "'\(text)' in line \(line), column \(column) of '\(path)' is not a number: correct it "
        + "(a header is recognised only where no field is a number)"
    default: return nil
    }
  }

  private var hdf5Description: String? {
    switch self {
    case .hdf5(_, let reason):
      // HDF5's sentences name the file and a way out.
      return reason
    case .noArray(let path):
      return "'\(path)' holds no array of numbers: name another file"
    case .severalArrays(let path, let found):
      return
        "'\(path)' holds several arrays (\(Self.shortList(found))): say which is meant, such as "
        + "\(path)#\(found.first ?? "/data")"
    case .unsupportedArrayType(let path, let array, let type, let known):
      return "'\(array)' in '\(path)' holds \(type): convert it to one of "
        + known.joined(separator: ", ")
    case .labelRows(let rows, let labels):
      return "\(labels) labels cannot be written beside \(rows) rows: give one for each row"
    default: return nil
    }
  }

  private var textDescription: String? {
    switch self {
    case .notText(let path, let line, let reason):
      return "'\(path)' is no text that can be read (line \(line) \(reason)): convert it to UTF-8"
    case .noSentences(let path):
      return "'\(path)' holds no sentences: name a file of prose"
    case .missingColumn(let path, let line, let column, let found):
      return "line \(line) of '\(path)' has \(found) \(found == 1 ? "field" : "fields"), none in "
        + "column \(column): separate the fields by tabs, or choose another column"
    case .emptySentence(let path, let line):
      return "line \(line) of '\(path)' has no words where a sentence belongs: remove the line"
    default: return nil
    }
  }

  private var valueDescription: String? {
    switch self {
    case .notFinite(let path, let example):
      return "example \(example) of '\(path)' holds a number that is not finite: remove or "
        + "replace it"
    case .notProbabilities(let name, let range):
      return
        "'\(name)' has values in \(range.lowerBound)...\(range.upperBound), and only numbers in "
        + "0...1 can be binarised: leave binarize out"
    case .validationFraction(let fraction):
      return "the share held back for validation is \(fraction): give one from 0 up to, but not "
        + "including, 1"
    case .tooFewToSplit(let count):
      return "\(count) examples are too few to hold some back: train on more, or without validation"
    case .positionOutside(let epoch, let batch, let batchesPerEpoch):
      return
        "there is no batch \(batch) in epoch \(epoch), which has \(batchesPerEpoch): resume with "
        + "the data and batch size that training began with"
    default: return nil
    }
  }
}
