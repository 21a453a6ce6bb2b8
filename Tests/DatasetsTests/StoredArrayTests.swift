import Foundation
import HDF5
import Tensors
import Testing

@testable import Datasets

@Suite struct StoredArrayTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func message(_ source: String, _ values: [String: String] = [:]) -> String {
    do {
      _ = try DataSource(parsing: source.replacing("F/", with: folder.path + "/")).open(
        DataOptions(values: values))
      return "opened"
    } catch { return "\(error)".replacing(folder.path + "/", with: "") }
  }

  private func open(_ source: String, _ values: [String: String] = [:]) throws -> DataParts {
    try DataSource(parsing: source.replacing("F/", with: folder.path + "/")).open(
      DataOptions(values: values))
  }

  private func writeNPY(_ name: String, _ type: String, _ shape: [Int], _ bytes: [UInt8]) throws {
    try folder.write(name, NPYHeader(type: type, shape: shape).encoded + bytes)
  }

  private static let numbers = (0..<24).map { Float($0) - 3.5 }

  /// An HDF5 file with arrays of many kinds.
  private func writeHDF5() throws {
    let file = try File.create(at: "\(folder.path)/a.h5")
    let root = file.root
    try root.write((0..<24).map { UInt8($0 * 10) }, shape: [4, 2, 3], to: "bytes")
    try root.write(Self.numbers, shape: [4, 6], to: "floats")
    try root.write(Self.numbers.map(Double.init), shape: [4, 6], to: "doubles")
    try root.write(Self.numbers, shape: [2, 2, 2, 3], to: "pictures")
    try root.write((0..<4).map { Int64($0 % 3) }, shape: [4], to: "labels")
    try root.write([0, 1] as [Int64], shape: [2], to: "few")
    try root.write([0.5, 1, 2, 3] as [Float], shape: [4], to: "fractions")
    try root.write([1] as [Float], shape: [], to: "scalar")
    try root.write([1, .nan, 1, 1] as [Float], shape: [2, 2], to: "nan")
    try root.write([1, 2, 3] as [Float], shape: [1, 1, 1, 1, 3], to: "deep")
    try file.close()
  }

  @Test func bytesBecomeSharesOf255AndOtherNumbersStay() throws {
    try writeHDF5()
    let bytes = try open("h5:F/a.h5#/bytes").train
    #expect(bytes.shape == DataShape([1, 2, 3]))
    #expect(bytes.divisor == 255)
    #expect(bytes.labels == [0, 1, 2, 0] && bytes.labelNames == ["0", "1", "2"])
    #expect(
      try bytes.examples([3, 0]).scalars
        == [18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5].map { $0 * 10 / 255 })
    let floats = try open("h5:F/a.h5#/floats").train
    #expect(try floats.examples([2]).scalars == Array(Self.numbers[12..<18]))
    #expect(try open("h5:F/a.h5#doubles").train.examples([2]) == floats.examples([2]))
    #expect(floats.provenance.source == "h5:a.h5#/floats")
  }

  @Test func channelsThatComeLastAreMovedToTheFront() throws {
    try writeHDF5()
    let pictures = try open("h5:F/a.h5#/pictures", ["labels": "/few"]).train
    #expect(pictures.shape == DataShape([3, 2, 2]))
    #expect(
      try pictures.examples([0]).scalars
        == [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11].map { Self.numbers[$0] })
  }

  @Test func theTestPartHasItsOwnLabels() throws {
    try writeHDF5()
    let parts = try open(
      "h5:F/a.h5#/floats", ["test": "/doubles", "test-labels": "/labels", "labels": "labels"])
    #expect(parts.test?.labels == [0, 1, 2, 0])
    #expect(parts.test?.count == 4)
  }

  @Test func arraysOfTheWrongKindAreRefused() throws {
    try writeHDF5()
    let axes =
      "[n, features], [n, rows, columns], [n, channels, rows, columns] or [n, rows, columns, channels]"
    #expect(
      message("h5:F/a.h5#/labels")
        == "'a.h5#/labels' has the sizes [4] where \(axes) is needed: reshape the data")
    #expect(message("h5:F/a.h5#/scalar").hasPrefix("'a.h5#/scalar' has the sizes [] where"))
    #expect(
      message("h5:F/a.h5#/deep").hasPrefix("'a.h5#/deep' has the sizes [1, 1, 1, 1, 3] where"))
    #expect(
      message("h5:F/a.h5#/nan", ["labels": "/few"])
        == "example 0 of 'a.h5#/nan' holds a number that is not finite: remove or replace it")
    #expect(
      message("h5:F/a.h5#/floats", ["labels": "/few"])
        == "'a.h5#/floats' holds 4 examples, 'a.h5#/few' 2 labels: use the two files of one "
        + "publication, or remove the labels")
    #expect(
      message("h5:F/a.h5#/floats", ["labels": "/fractions"])
        == "'a.h5#/fractions' stores labels as fractions: store class numbers as integers")
    #expect(message("h5:F/a.h5#/floats", ["test": "/bytes"]).contains("of shape 1×2×3"))
    #expect(message("h5:F/a.h5#/gone") == "'a.h5' has no '/gone'")
    #expect(message("h5:F/a.h5").hasPrefix("'a.h5' holds several arrays ("))
    #expect(message("h5:F/gone.h5") == "there is no file 'gone.h5': check the path")
  }

  @Test func theOnlyArrayNeedNotBeNamed() throws {
    let file = try File.create(at: "\(folder.path)/one.h5")
    try file.root.write(Self.numbers, shape: [4, 6], to: "inside/x")
    try file.root.write([1, 0, 1, 1] as [Int64], shape: [4], to: "labels")
    try file.close()
    let data = try open("h5:F/one.h5").train
    #expect(data.shape == DataShape([6]) && data.labels == [1, 0, 1, 1])
  }

  @Test func npyFilesOfAllTypesAreOpened() throws {
    try writeNPY("u1.npy", "|u1", [2, 3], [0, 51, 255, 1, 2, 3])
    #expect(try open("npy:F/u1.npy").train.examples([0]).scalars == [0, 0.2, 1])
    try writeNPY("i8.npy", "<i8", [2], [1] + [UInt8](repeating: 0, count: 15))
    let data = try open("npy:F/u1.npy", ["labels": "\(folder.path)/i8.npy"]).train
    #expect(data.labels == [1, 0])
    try writeNPY("f4.npy", "<f4", [1, 1], [0, 0, 128, 63])
    #expect(try open("npy:F/f4.npy").train.examples([0]).scalars == [1])
    try writeNPY("f8.npy", "<f8", [1, 1], [0, 0, 0, 0, 0, 0, 0, 64])
    #expect(try open("npy:F/f8.npy").train.examples([0]).scalars == [2])
  }

  @Test func npyFilesThatAreTooShortOrTooLongAreRefused() throws {
    try writeNPY("short.npy", "<f4", [2, 3], [UInt8](repeating: 0, count: 23))
    #expect(message("npy:F/short.npy").contains("ends after"))
    try writeNPY("long.npy", "<f4", [2, 3], [UInt8](repeating: 0, count: 25))
    #expect(message("npy:F/long.npy").contains("goes on after"))
    try writeNPY("huge.npy", "<f4", [1 << 40, 1 << 40], [])
    #expect(message("npy:F/huge.npy").contains("declares more bytes than can be counted"))
    try writeNPY("flat.npy", "<f4", [1], [0, 0, 0, 0])
    #expect(message("npy:F/flat.npy").hasPrefix("'flat.npy' has the sizes [1] where"))
    try writeNPY("none.npy", "<f4", [0, 3], [])
    #expect(
      message("npy:F/none.npy") == "'none.npy' holds no examples: name a file with at least one")
  }

  @Test func readingFromDiskGivesWhatMemoryGives() throws {
    try writeHDF5()
    for name in ["bytes", "floats", "doubles", "pictures"] {
      let root = try HDF5Array.root(of: "\(folder.path)/a.h5")
      let array = try StoredHDF5Array(name, below: root, "a.h5")
      let source = StoredArraySource(array: array, layout: try ArrayLayout(of: array))
      func dataset(_ limit: Int) throws -> Datasets.Dataset {
        try Datasets.Dataset(
          name: name, shape: source.layout.shape, streaming: source, residentLimit: limit,
          origin: DataOrigin(source: "h5"), path: name)
      }
      let (resident, streamed) = (try dataset(1 << 20), try dataset(0))
      for rows in [[0], [1, 0], [0, 1, 1, 0], [1, 1]] {
        #expect(try resident.examples(rows) == streamed.examples(rows))
      }
      #expect(resident.provenance == streamed.provenance)
      #expect(resident.valueRange == streamed.valueRange)
    }
  }

  @Test func aFileThatBecomesShorterWhileItIsReadIsNamed() throws {
    try writeNPY("a.npy", "<f4", [4, 2], [UInt8](repeating: 0, count: 32))
    let array = try StoredNPYArray(path: "\(folder.path)/a.npy")
    try writeNPY("b.npy", "<f4", [1, 2], [UInt8](repeating: 0, count: 8))
    let handle = try #require(FileHandle(forWritingAtPath: "\(folder.path)/a.npy"))
    try handle.truncate(atOffset: 100)
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 8)
    defer { buffer.deallocate() }
    #expect(throws: DatasetError.unreadable(path: array.path, reason: "it has become shorter")) {
      try array.copy(0..<4, into: buffer)
    }
  }
}
