import Foundation
import Testing

@testable import LatentZoo

@Suite final class DataFileTests {
  private let folder = NSTemporaryDirectory() + "latentzoo-datafile-\(UUID().uuidString)"
  private let image = DataShape([1, 2, 3])

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "done"
    } catch { return "\(error)".replacing(folder + "/", with: "") }
  }

  @Test(arguments: [[4, 1, 2, 3], [4, 6], [4, 2, 3]])
  func axesThatFollowFromTheShapeMayBeLeftOut(dimensions: [Int]) throws {
    let path = folder + "/a.npy"
    let array = NDArray((0..<24).map(Float.init), shape: Shape(dimensions))
    try ArrayFile.write(array, to: path)
    let examples = try DataFile.readExamples(path, shape: image)
    #expect(examples == NDArray(array.scalars, shape: [4, 1, 2, 3]))
  }

  @Test(arguments: [[1, 2, 3], [2, 3], [6]])
  func oneExampleMayComeAlone(dimensions: [Int]) throws {
    let path = folder + "/a.npy"
    try ArrayFile.write(NDArray(repeating: 0.5, shape: Shape(dimensions)), to: path)
    #expect(try DataFile.readExamples(path, shape: image).shape == [1, 1, 2, 3])
  }

  @Test func otherShapesAreRefused() throws {
    try ArrayFile.write(NDArray(repeating: 0, shape: [3, 7]), to: folder + "/a.npy")
    #expect(
      message { _ = try DataFile.readExamples(folder + "/a.npy", shape: image) }
        == "'a.npy' holds numbers of shape [3, 7] where the model takes [N, 1, 2, 3]: reshape "
        + "them or use another model")
    #expect(
      message { _ = try DataFile.readCodes(folder + "/a.npy", latentSize: 5) }
        == "'a.npy' holds numbers of shape [3, 7] where the model takes [N, 5]: reshape them or "
        + "use another model")
    #expect(try DataFile.readCodes(folder + "/a.npy", latentSize: 7).shape == [3, 7])
  }

  @Test func aPictureIsOneImageWithTheChannelsOfTheShape() throws {
    let path = folder + "/a.png"
    try Picture(width: 3, height: 2, channels: 1, bytes: [0, 51, 102, 153, 204, 255])
      .write(toPNG: path)
    let grey = try DataFile.readExamples(path, shape: image)
    #expect(grey == NDArray([0, 0.2, 0.4, 0.6, 0.8, 1], shape: [1, 1, 2, 3]))
    let colour = try DataFile.readExamples(path, shape: DataShape([3, 2, 3]))
    #expect(colour.scalars == grey.scalars + grey.scalars + grey.scalars)
    try Picture(width: 1, height: 1, channels: 3, bytes: [255, 0, 0]).write(toPNG: path)
    #expect(try DataFile.readExamples(path, shape: DataShape([1, 1, 1])).scalars == [76 / 255])
    #expect(try DataFile.readExamples(path, shape: DataShape([3, 1, 1])).scalars == [1, 0, 0])
    #expect(message { _ = try DataFile.readExamples(path, shape: image) }.contains("[1, 1, 1, 1]"))
  }

  @Test func whatIsNoImageIsNotDrawn() {
    let alternatives = "use a file ending in .npy or .h5 or .csv"
    #expect(
      message { try DataFile.check("x.png", for: DataShape([64])) }
        == "'x.png' is a picture, but examples of shape 64 are no images: \(alternatives)")
    #expect(
      message { try DataFile.checkForCodes("x.PNG") }
        == "'x.PNG' is a picture, but codes are numbers: \(alternatives)")
    #expect(
      message { try DataFile.check("x.mat", for: image) }
        == "the name 'x.mat' does not say which format is meant: end it in .png or .npy or .h5 "
        + "or .csv")
    #expect(message { try DataFile.check("x.h5#/a", for: image) } == "done")
  }

  @Test func partsOfASourceAreSelected() throws {
    func dataset(_ count: Int) -> Dataset {
      Dataset(
        name: "d", shape: image, bytes: [UInt8](repeating: 1, count: 6 * count),
        origin: DataOrigin(source: "d"))
    }
    let whole = DataParts(train: dataset(5))
    let parted = DataParts(train: dataset(5), test: dataset(3))
    #expect(try DataSelection(.auto, of: whole).description == "d")
    #expect(try DataSelection(.train, of: whole).dataset.count == 5)
    #expect(try DataSelection(.auto, of: parted).description == "test part of d")
    #expect(try DataSelection(.auto, of: parted).reference?.count == 5)
    let train = try DataSelection(.train, of: parted, limit: 4)
    #expect(train.description == "first 4 of training part of d")
    #expect(train.reference == nil)
    #expect(train.partSHA256 == parted.train.provenance.sha256)
    #expect(
      message { _ = try DataSelection(.test, of: whole) }
        == "d has no test part: use --part train for all its examples")
    #expect(message { _ = try DataSelection(.auto, of: whole, limit: 0) }.contains("1 or more"))
  }
}
