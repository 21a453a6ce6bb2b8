import Foundation
import Testing

@testable import Datasets

/// Files and folders that are not what they should be: each is refused by its own error.
@Suite struct IDXHostileTests {
  let folder: TemporaryFolder
  private let images = "train-images-idx3-ubyte"

  init() throws { folder = try TemporaryFolder() }

  private var path: String { "\(folder.path)/\(images)" }

  private func error(at path: String? = nil) -> DatasetError? {
    do throws(DatasetError) {
      _ = try DataSource(parsing: "idx:\(path ?? folder.path)").open()
      return nil
    } catch { return error }
  }

  private func error(for bytes: [UInt8]) throws -> DatasetError? {
    try folder.write(images, bytes)
    return error()
  }

  @Test func aMissingFolder() {
    #expect(error(at: "/no/such/folder") == .directoryMissing(path: "/no/such/folder"))
  }

  @Test func aFileInPlaceOfAFolder() throws {
    let file = try folder.write("file", [])
    #expect(error(at: file) == .unreadable(path: file, reason: "not a folder"))
  }

  @Test func aFolderWithoutTrainingImagesSaysWhatWasLookedFor() throws {
    try folder.write("notes.txt", [])
    #expect(
      error()?.description
        == "the folder '\(folder.path)' holds no training images: looked for "
        + "train-images-idx3-ubyte(.gz) or train-images-idx4-ubyte(.gz) or "
        + "train-images-idx2-…(.gz), found notes.txt; rename the file or name another folder")
  }

  @Test func twoFilesForOnePart() throws {
    try folder.write("train-images-idx4-ubyte", [])
    try folder.write(images, [])
    #expect(
      error()
        == .ambiguousFiles(directory: folder.path, names: [images, "train-images-idx4-ubyte"]))
  }

  @Test func aFolderInPlaceOfAFile() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(error() == .unreadable(path: path, reason: "not a regular file"))
  }

  @Test func aPipeInPlaceOfAFileIsNotWaitedFor() throws {
    try run("mkfifo", [path])
    #expect(error() == .unreadable(path: path, reason: "not a regular file"))
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may read everything"))
  func aFileThatMayNotBeRead() throws {
    try folder.write(images, idxBytes([1, 1, 1], payload: [1]))
    try run("chmod", ["000", path])
    #expect(error() == .unreadable(path: path, reason: "Permission denied"))
  }

  @Test func anEmptyFile() throws {
    #expect(try error(for: []) == .notIDX(path: path, start: []))
  }

  @Test func anotherKindOfFile() throws {
    #expect(
      try error(for: Array("PNG and so on".utf8))
        == .notIDX(path: path, start: Array("PNG ".utf8)))
  }

  @Test func noAxes() throws {
    #expect(try error(for: [0, 0, 8, 0, 1]) == .notIDX(path: path, start: [0, 0, 8, 0]))
  }

  @Test func anUnknownType() throws {
    #expect(
      try error(for: idxBytes([1, 1, 1], type: 0x0A, payload: [1]))
        == .unknownIDXType(path: path, code: 0x0A))
  }

  @Test func aHeaderThatBreaksOff() throws {
    #expect(
      try error(for: [0, 0, 8, 3, 0, 0, 0, 1, 0])
        == .truncated(path: path, expected: 16, found: 9))
  }

  @Test func pixelsThatBreakOff() throws {
    #expect(
      try error(for: idxBytes([2, 1, 1], payload: [1]))
        == .truncated(path: path, expected: 18, found: 17))
  }

  @Test func compressedPixelsThatEndEarly() throws {
    let file = try folder.gzip(folder.write(images, idxBytes([2, 1, 1], payload: [1])))
    #expect(error() == .truncated(path: file, expected: 18, found: 17))
  }

  @Test(arguments: [false, true])
  func bytesAfterThePixels(compressed: Bool) throws {
    var file = try folder.write(images, idxBytes([2, 1, 1], payload: [1, 2, 3]))
    if compressed { file = try folder.gzip(file) }
    #expect(error() == .trailingBytes(path: file, expected: 18))
  }

  @Test func sizesThatAreBeyondTheLimit() throws {
    #expect(
      try error(for: idxBytes([60000, 1000, 1000], payload: [1]))
        == .tooLarge(path: path, bytes: 60_000_000_000, limit: 4 << 30))
  }

  @Test func sizesWhoseProductOverflows() throws {
    #expect(
      try error(for: idxBytes([0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], payload: [1]))
        == .tooLarge(path: path, bytes: .max, limit: 4 << 30))
  }

  @Test func sizesThatASmallCompressedFileCannotHold() throws {
    let file = try folder.gzip(folder.write(images, idxBytes([60000, 200, 200], payload: [1])))
    let size = try InputFile(path: file).size
    #expect(
      error() == .truncated(path: file, expected: 2_400_000_016, found: size * 1032))
  }

  @Test func noExamples() throws {
    #expect(try error(for: idxBytes([0, 28, 28], payload: [])) == .noExamples(path: path))
  }

  @Test func examplesWithoutPixels() throws {
    #expect(
      try error(for: idxBytes([3, 0, 28], payload: []))
        == .unsupportedDimensions(
          path: path, dimensions: [3, 0, 28],
          expected: "[n, features], [n, rows, columns] or [n, rows, columns, 3]"))
  }

  @Test func fourChannels() throws {
    #expect(
      try error(for: idxBytes([1, 1, 1, 4], payload: [1, 2, 3, 4]))?.description
        == "'\(path)' has the sizes [1, 1, 1, 4] where [n, features], [n, rows, columns] or "
        + "[n, rows, columns, 3] is needed: reshape the data")
  }

  @Test(arguments: [[0x7F, 0xC0, 0, 0] as [UInt8], [0xFF, 0x80, 0, 0]])
  func numbersThatAreNotFinite(bits: [UInt8]) throws {
    let bytes = idxBytes([2, 1, 2], type: 0x0D, payload: [UInt8](repeating: 0, count: 12) + bits)
    #expect(try error(for: bytes) == .notFinite(path: path, example: 1))
  }

  @Test func aDamagedGzipFile() throws {
    let file = try folder.gzip(
      folder.write(images, idxBytes([1, 40, 40], payload: (0..<1600).map { UInt8($0 % 251) })))
    var bytes = try InputFile.contents(of: file)
    bytes[bytes.count - 6] ^= 0x55
    try folder.write(images + ".gz", bytes)
    #expect(
      error()
        == .corruptGzip(path: file, reason: "inflate: incorrect data check, status -3"))
  }

  @Test func aGzipFileThatBreaksOff() throws {
    let file = try folder.gzip(folder.write(images, idxBytes([1, 1, 2], payload: [1, 2])))
    try folder.write(images + ".gz", InputFile.contents(of: file).dropLast(9))
    #expect(error() == .corruptGzip(path: file, reason: "the file breaks off"))
  }

  @Test func everyCutAndEveryFlippedBitIsRefusedOrReadButNeverTraps() throws {
    let file = try folder.gzip(
      folder.write(images, idxBytes([2, 3, 3], payload: (0..<18).map { UInt8($0) })))
    let whole = try InputFile.contents(of: file)
    for length in whole.indices {
      try folder.write(images + ".gz", Array(whole[..<length]))
      #expect(error() != nil, "cut to \(length) bytes")
    }
    for bit in 0..<whole.count * 8 {
      var bytes = whole
      bytes[bit / 8] ^= 1 << (bit % 8)
      try folder.write(images + ".gz", bytes)
      _ = error()
    }
  }

  @Test func labelsThatAreFewerThanImages() throws {
    try folder.write(images, idxBytes([2, 1, 1], payload: [1, 2]))
    let labels = try folder.write("train-labels-idx1-ubyte", idxBytes([1], payload: [0]))
    #expect(
      error() == .labelCount(images: path, imageCount: 2, labels: labels, labelCount: 1))
  }

  @Test func labelsThatAreNoClassNumbers() throws {
    try folder.write(images, idxBytes([1, 1, 1], payload: [1]))
    let negative = try folder.write(
      "train-labels-idx1-byte", idxBytes([1], type: 0x09, payload: [0xFF]))
    #expect(error() == .badLabel(path: negative, example: 0, value: -1, limit: 65536))
    try folder.write("train-labels-idx1-byte", idxBytes([1], type: 0x0D, payload: [0, 0, 0, 0]))
    #expect(error() == .fractionalLabels(path: negative))
    try folder.write("train-labels-idx1-byte", idxBytes([1, 1], payload: [0]))
    #expect(
      error() == .unsupportedDimensions(path: negative, dimensions: [1, 1], expected: "[n]"))
  }

  @Test func partsOfDifferentShape() throws {
    try folder.write(images, idxBytes([1, 1, 2], payload: [1, 2]))
    let test = try folder.write("t10k-images-idx3-ubyte", idxBytes([1, 1, 1], payload: [1]))
    #expect(
      error()
        == .partsDiffer(
          train: path, trainShape: DataShape([1, 1, 2]), test: test,
          testShape: DataShape([1, 1, 1])))
  }
}
