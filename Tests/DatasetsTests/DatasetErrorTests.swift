import Testing

@testable import Datasets

/// Every message, word for word: one sentence that names the file, the facts and a way out.
@Suite struct DatasetErrorTests {
  static let messages: [DatasetError: String] = [
    .unknownScheme(text: "x", nearest: nil, known: ["digits", "idx:DIR"]):
      "there is no data source 'x': known are digits, idx:DIR",
    .missingArgument(scheme: "idx", usage: "idx:DIR"):
      "the data source 'idx' needs to be told where to read: write idx:DIR",
    .unexpectedArgument(scheme: "digits", argument: "7"):
      "the data source 'digits' takes no argument, but was given '7': write digits alone",
    .directoryMissing(path: "d"): "there is no folder 'd': check the path",
    .fileMissing(path: "f"): "there is no file 'f': check the path",
    .unreadable(path: "f", reason: "Permission denied"):
      "'f' cannot be read (Permission denied): check its type and permissions",
    .unwritable(path: "f", reason: "No space left on device"):
      "'f' cannot be written (No space left on device): check the folder, its permissions and the "
      + "space left",
    .noTrainingImages(directory: "d", lookedFor: ["a", "b"], found: []):
      "the folder 'd' holds no training images: looked for a or b, found nothing; rename the file "
      + "or name another folder",
    .ambiguousFiles(directory: "d", names: ["a", "b"]):
      "the folder 'd' holds a and b, which could both be meant: move all but one away",
    .corruptGzip(path: "f", reason: "the file breaks off"):
      "'f' is a damaged gzip file (the file breaks off): fetch it again",
    .truncated(path: "f", expected: 20, found: 10):
      "'f' ends after 10 of the 20 bytes that it declares: fetch it again",
    .trailingBytes(path: "f", expected: 20):
      "'f' goes on after the 20 bytes that it declares: fetch it again or correct its header",
    .tooLarge(path: "f", bytes: 30, limit: 20):
      "'f' declares 30 bytes, more than the limit of 20: split it into smaller files",
    .notIDX(path: "f", start: [1, 0xAB]):
      "'f' is no IDX file: it begins with 01 ab where two zero bytes, a type and a number of axes "
      + "belong; convert it to IDX",
    .notIDX(path: "f", start: []):
      "'f' is no IDX file: it begins with nothing where two zero bytes, a type and a number of "
      + "axes belong; convert it to IDX",
    .unknownIDXType(path: "f", code: 10):
      "'f' holds numbers of the unknown IDX type 0xa: the types are 0x8 unsigned byte, 0x9 signed "
      + "byte, 0xb int16, 0xc int32, 0xd float32, 0xe float64",
    .unsupportedDimensions(path: "f", dimensions: [1, 2], expected: "[n]"):
      "'f' has the sizes [1, 2] where [n] is needed: reshape the data",
    .noExamples(path: "f"): "'f' holds no examples: name a file with at least one",
    .labelCount(images: "i", imageCount: 2, labels: "l", labelCount: 3):
      "'i' holds 2 examples, 'l' 3 labels: use the two files of one publication, or remove the "
      + "labels",
    .badLabel(path: "f", example: 4, value: -1, limit: 10):
      "'f' gives example 4 the label -1, outside 0 to 9: number the classes from 0",
    .fractionalLabels(path: "f"):
      "'f' stores labels as fractions: store class numbers as integers",
    .notFinite(path: "f", example: 4):
      "example 4 of 'f' holds a number that is not finite: remove or replace it",
    .partsDiffer(
      train: "a", trainShape: DataShape([2]), test: "b", testShape: DataShape([1, 2, 3])):
      "'a' holds examples of shape 2, 'b' of shape 1×2×3: use the two files of one publication",
    .notText(path: "f", line: 3, reason: "is not UTF-8"):
      "'f' is no text that can be read (line 3 is not UTF-8): convert it to UTF-8",
    .noSentences(path: "f"): "'f' holds no sentences: name a file of prose",
    .missingColumn(path: "f", line: 1, column: 3, found: 2):
      "line 1 of 'f' has 2 fields, none in column 3: separate the fields by tabs, or choose "
      + "another column",
    .emptySentence(path: "f", line: 3):
      "line 3 of 'f' has no words where a sentence belongs: remove the line",
    .unknownExtension(path: "a.mat", known: ["npy", "csv"]):
      "the name 'a.mat' does not say which format is meant: end it in .npy or .csv",
    .badNPYHeader(path: "f", reason: "its version is 9.0"):
      "'f' is no .npy file that can be read (its version is 9.0): write it again with numpy.save",
    .unsupportedNPYType(path: "f", type: ">f4", known: ["<f4", "<f8"]):
      "'f' holds numbers of type '>f4': convert them to one of <f4, <f8",
    .fortranOrder(path: "f"):
      "'f' is stored in Fortran order: write it again with numpy.ascontiguousarray",
    .raggedRow(path: "f", line: 4, expected: 2, found: 3):
      "line 4 of 'f' has 3 fields where the first row has 2: make all rows equally long",
    .notANumber(path: "f", line: 4, column: 2, text: "four"):
      "'four' in line 4, column 2 of 'f' is not a number: correct it (a header is recognised only "
      + "where no field is a number)",
    .hdf5(path: "f", reason: "'f' is not an HDF5 file"): "'f' is not an HDF5 file",
    .noArray(path: "f"): "'f' holds no array of numbers: name another file",
    .severalArrays(path: "f", found: ["/a", "/b/c"]):
      "'f' holds several arrays (/a, /b/c): say which is meant, such as f#/a",
    .unsupportedArrayType(path: "f", array: "/a", type: "string", known: ["float32", "int64"]):
      "'/a' in 'f' holds string: convert it to one of float32, int64",
    .labelRows(rows: 2, labels: 3):
      "3 labels cannot be written beside 2 rows: give one for each row",
    .validationFraction(1.5):
      "the share held back for validation is 1.5: give one from 0 up to, but not including, 1",
    .tooFewToSplit(count: 1):
      "1 examples are too few to hold some back: train on more, or without validation",
    .positionOutside(epoch: 1, batch: 99, batchesPerEpoch: 7):
      "there is no batch 99 in epoch 1, which has 7: resume with the data and batch size that "
      + "training began with",
  ]

  private static let allMessages = messages.merging(sourceMessages) { first, _ in first }

  @Test(arguments: allMessages)
  func theMessageIsOneSentenceWithAWayOut(error: DatasetError, message: String) {
    #expect(error.description == message)
    #expect(!message.hasSuffix("."))
  }

  @Test func everyKindOfErrorHasItsMessageHere() {
    // 57 cases, one of them twice. A new case changes this number and one of the tables.
    #expect(Set(Self.allMessages.keys.map(\.kind)).count == 57)
  }
}

extension DatasetError {
  /// The name of the case.
  fileprivate var kind: String { Mirror(reflecting: self).children.first?.label ?? "\(self)" }
}
