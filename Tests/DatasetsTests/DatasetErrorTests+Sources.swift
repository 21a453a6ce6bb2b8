@testable import Datasets

extension DatasetErrorTests {
  /// Messages about options, pictures, tables and sentences.
  static let sourceMessages: [DatasetError: String] = [
    .unknownOption(scheme: "csv", option: "lable", known: ["label", "test"]):
      "the data source 'csv' has no option 'lable' (did you mean 'label'?): there are label, test",
    .badOption(option: "fit", found: "zoom", requirement: "is crop or pad"):
      "the data option 'fit' is crop or pad, got 'zoom'",
    .badPNG(path: "f", reason: "Not a PNG file"):
      "'f' is no picture that can be handled (Not a PNG file): convert it to an 8-bit PNG",
    .notDrawable(shape: [2, 2]):
      "numbers of shape [2, 2] are no pictures: give [N, C, H, W] with 1 or 3 channels",
    .pairsDiffer(originals: [1], reconstructions: [2]):
      "originals of shape [1] and reconstructions of shape [2] make no pairs: give as many of the "
      + "same size",
    .badJPEG(path: "f", reason: "Premature end of JPEG file"):
      "'f' is no JPEG that can be read (Premature end of JPEG file): save it again as RGB JPEG or "
      + "PNG, or remove it",
    .noPictures(directory: "d", found: ["a.txt"]):
      "the folder 'd' holds no pictures ending in .png, .jpg, .jpeg, but a.txt: name another folder",
    .foreignPicture(path: "f.gif"):
      "'f.gif' is a picture in a format that is not read: convert it to PNG or JPEG, or remove it",
    .picturesBesideFolders(directory: "d", picture: "d/a.png", folder: "cats"):
      "the folder 'd' holds both pictures, such as 'd/a.png', and folders of pictures, such as "
      + "'cats': put every picture into a folder named after its class, or none",
    .picturesDiffer(first: "a", firstSize: "4×5", second: "b", secondSize: "6×5"):
      "'a' has 4×5 pixels, 'b' 6×5: give the size that all should have, such as size=64x64",
    .openQuote(path: "f", line: 3):
      "the quote that opens in line 3 of 'f' is never closed: close it, and write a quote inside a "
      + "field twice",
    .textAfterQuote(path: "f", line: 3):
      "a quoted field in line 3 of 'f' goes on after its closing quote: write a quote inside a "
      + "field twice",
    .missingValue(path: "f", line: 3, column: 2):
      "a value is missing in line 3, column 2 of 'f': fill it in, or remove the row",
    .unknownColumn(path: "f", column: "kind", known: ["a", "b"]):
      "'f' has no column 'kind': there are a, b",
    .severalTextColumns(path: "f", columns: ["a", "b"]):
      "the columns a and b of 'f' hold words: keep one, which gives the labels, and write the "
      + "others as numbers",
    .noNumbers(path: "f"):
      "'f' has a column of labels and no other: give at least one column of numbers",
    .columnsDiffer(path: "f", expected: ["a", "b"], found: ["a"]):
      "'f' has the columns a where a, b are needed: give the same columns in the same order",
    .notText(path: "f", line: 2, reason: "is no UTF-8"):
      "'f' is no text that can be read (line 2 is no UTF-8): convert it to UTF-8",
    .noSentences(path: "f"): "'f' holds no sentences: name a file of prose",
    .missingColumn(path: "f", line: 2, column: 3, found: 1):
      "line 2 of 'f' has 1 field, none in column 3: separate the fields by tabs, or choose another "
      + "column",
    .emptySentence(path: "f", line: 2):
      "line 2 of 'f' has no words where a sentence belongs: remove the line",
  ]
}
