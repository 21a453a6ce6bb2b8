import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct ImageFolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(
    _ name: String, _ shade: UInt8, width: Int = 4, height: Int = 4, channels: Int = 1
  ) throws {
    let path = "\(folder.path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Picture(width: width, height: height, channels: channels, shade: shade).write(toPNG: path)
  }

  private func open(
    _ values: [String: String] = [:], limit: Int = ImageFolderReader.residentLimit
  ) throws(DatasetError) -> DataParts {
    try ImageFolderReader(
      folder: folder.path, options: DataOptions(values: values), limit: limit
    ).open()
  }

  private func message(_ values: [String: String] = [:]) -> String {
    do throws(DatasetError) {
      _ = try open(values)
      return "opened"
    } catch { return error.description.replacing(folder.path, with: "F") }
  }

  @Test func foldersNameTheClasses() throws {
    try write("dog/1.png", 51)
    try write("cat/b.PNG", 102)
    try write("cat/a.png", 153)
    try write("cat/more/c.png", 204)
    try folder.write("cat/notes.txt", [1])
    try folder.write(".hidden.png", [1])
    let data = try open().train
    #expect(data.shape == DataShape([1, 4, 4]))
    #expect(data.labelNames == ["cat", "dog"])
    #expect(data.labels == [0, 0, 0, 1])
    #expect(
      try data.examples([0, 1, 2, 3]).scalars.map { Int($0 * 255) }
        == [153, 102, 204, 51].flatMap { [Int](repeating: $0, count: 16) })
    #expect(data.preprocessing.options == ["size": "4x4", "fit": "crop", "channels": "1"])
  }

  @Test func picturesWithoutFoldersHaveNoLabels() throws {
    try write("1.png", 51)
    try folder.write("2.jpg", JPEGFixtures.grey)
    let data = try open(["size": "4"]).train
    #expect(data.labels == nil && data.labelNames.isEmpty && data.count == 2)
  }

  @Test func trainAndTestAreParts() throws {
    try write("train/b/1.png", 1)
    try write("test/a/1.png", 2)
    try write("test/b/1.png", 3)
    let parts = try open()
    #expect(parts.train.labelNames == ["a", "b"])
    #expect(parts.train.labels == [1])
    #expect(parts.test?.labels == [0, 1])
  }

  @Test func onePictureInColourMakesAllColoured() throws {
    try write("1.png", 51)
    try write("2.png", 51, channels: 3)
    #expect(try open().train.shape == DataShape([3, 4, 4]))
    #expect(try open(["channels": "1"]).train.shape == DataShape([1, 4, 4]))
  }

  @Test func largeFoldersAreReadFromDiskWithTheSameResult() throws {
    for index in 0..<9 { try write("\(index).png", UInt8(20 * index), width: 6, height: 5) }
    let values = ["size": "4x3"]
    let (resident, streamed) = (try open(values).train, try open(values, limit: 10).train)
    #expect(try resident.examples([8, 0, 3]) == streamed.examples([8, 0, 3]))
    #expect(resident.provenance == streamed.provenance)
    #expect(resident.valueRange == streamed.valueRange)
    #expect(resident.preprocessing == streamed.preprocessing)
    #expect(try resident.subset([1, 2]).provenance == streamed.subset([1, 2]).provenance)
  }

  @Test func aModelsOptionsAndClassesHoldForOtherPictures() throws {
    try write("zebra/1.png", 51, width: 9, height: 9)
    try write("cat/1.png", 51, width: 7, height: 8)
    let known = Preprocessing(
      divisor: 255, lowest: 0, highest: 1, labelNames: ["bird", "cat"],
      options: ["size": "2x3", "fit": "stretch", "channels": "3"])
    let options = DataOptions(preprocessing: known)
    let data = try ImageFolderReader(folder: folder.path, options: options).open().train
    #expect(data.shape == DataShape([3, 2, 3]))
    #expect(data.labelNames == ["bird", "cat"])
    #expect(data.labels == [1, Dataset.unknownLabel])
  }

  @Test func picturesOfDifferentSizesAreNamed() throws {
    try write("a/1.png", 51)
    try write("b/2.png", 51, width: 5, height: 6)
    #expect(
      message()
        == "'F/a/1.png' has 4×4 pixels, 'F/b/2.png' 5×6: give the size that all should have, such "
        + "as size=64x64")
    #expect(message(["size": "4x4"]) == "opened")
  }

  @Test func aFolderWithoutPicturesSaysWhatItHolds() throws {
    #expect(
      message()
        == "the folder 'F' holds no pictures ending in .png, .jpg, .jpeg, but nothing: name another "
        + "folder")
    try folder.write("a.txt", [1])
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/deep", withIntermediateDirectories: true)
    #expect(message().contains("but a.txt, deep/: name another folder"))
  }

  @Test func picturesThatCannotBeReadAreNamed() throws {
    try write("a/1.png", 51)
    try folder.write("a/2.png", Array("text".utf8))
    #expect(message().hasPrefix("'F/a/2.png' is no picture that can be handled"))
    try FileManager.default.removeItem(atPath: "\(folder.path)/a/2.png")
    try folder.write("a/2.jpg", Array(JPEGFixtures.grey.prefix(160)))
    #expect(message(["size": "4", "channels": "1"]).hasPrefix("'F/a/2.jpg' is no JPEG"))
    try FileManager.default.removeItem(atPath: "\(folder.path)/a/2.jpg")
    try folder.write("a/3.gif", [1])
    #expect(
      message()
        == "'F/a/3.gif' is a picture in a format that is not read: convert it to PNG or JPEG, or "
        + "remove it")
  }

  @Test func picturesBesideFoldersOfPicturesAreRefused() throws {
    try write("a/1.png", 51)
    try write("1.png", 51)
    #expect(
      message().hasPrefix("the folder 'F' holds both pictures, such as 'F/1.png', and folders"))
  }

  @Test(arguments: [("fit", "zoom", "is crop or stretch or pad"), ("channels", "2", "is 1 or 3")])
  func optionsThatMeanNothingAreRefused(name: String, value: String, requirement: String) throws {
    try write("1.png", 51)
    #expect(message([name: value]) == "the data option '\(name)' \(requirement), got '\(value)'")
  }

  @Test func aFolderThatIsNotThereIsNamed() {
    #expect(throws: DatasetError.directoryMissing(path: "/no/such")) {
      try DataSource(parsing: "images:/no/such").open()
    }
  }
}
