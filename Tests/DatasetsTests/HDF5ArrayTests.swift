import Foundation
import HDF5
import Tensors
import Testing

@testable import Datasets

@Suite struct HDF5ArrayTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func error(_ name: String) -> String {
    do throws(DatasetError) {
      _ = try ArrayFile.readRows("\(folder.path)/\(name)")
      return "read"
    } catch { return error.description.replacing(folder.path + "/", with: "") }
  }

  @Test func numbersOfAnyShapeAreReadBackBitForBit() throws {
    var random = RandomSource(seed: 6)
    let path = "\(folder.path)/array.h5"
    for shape: Shape in [[], [0], [1], [3, 0, 2], [2, 3], [2, 3, 4, 5]] {
      let array = NDArray((0..<shape.count).map { _ in Float(random.normal()) }, shape: shape)
      try ArrayFile.write(array, to: path)
      #expect(try ArrayFile.read(path) == array)
      #expect(try ArrayFile.read(path + "#/data") == array)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["array.h5"])
  }

  @Test func anArrayMayLieAnywhereInTheFile() throws {
    let path = "\(folder.path)/array.H5"
    let array = NDArray([1, 2], shape: [2, 1])
    try ArrayFile.write(array, to: path + "#/model/codes")
    #expect(try ArrayFile.read(path) == array)
    #expect(try ArrayFile.read(path + "#/model/codes") == array)
    #expect(error("array.H5#/model") == "'/model' in 'array.H5' is a group, expected a dataset")
    #expect(error("array.H5#/codes") == "'array.H5' has no '/codes'")
  }

  @Test func labelsAreWrittenBesideTheNumbers() throws {
    let path = "\(folder.path)/codes.h5"
    let array = NDArray([1, 2, 3], shape: [3, 1])
    try ArrayFile.write(array, labels: [2, 0, 1], to: path)
    #expect(try ArrayFile.read(path) == array)
    #expect(try ArrayFile.read(path + "#/labels") == NDArray([2, 0, 1], shape: [3]))
    #expect(try File.open(at: path).root.dataset("labels").elementType == .int64)
    #expect(throws: DatasetError.labelRows(rows: 3, labels: 1)) {
      try ArrayFile.write(array, labels: [2], to: path)
    }
  }

  @Test func allTypesOfNumberAreRead() throws {
    let file = try File.create(at: "\(folder.path)/types.h5")
    try file.root.write([1.5, 2] as [Double], shape: [2], to: "float64")
    try file.root.write([1, -2] as [Int64], shape: [2], to: "int64")
    try file.root.write([1, -2] as [Int32], shape: [2], to: "int32")
    try file.root.write([1, 255] as [UInt8], shape: [2], to: "uint8")
    try file.root.writeString("text", to: "words")
    try file.close()
    for (name, values) in [
      ("float64", [1.5, 2]), ("int64", [1, -2]), ("int32", [1, -2]), ("uint8", [1, 255]),
    ] as [(String, [Float])] {
      #expect(try ArrayFile.read("\(folder.path)/types.h5#\(name)").scalars == values)
    }
    #expect(
      error("types.h5#/words")
        == "'/words' in 'types.h5' holds string: convert it to one of float32, float64, int64, "
        + "int32, uint8")
    #expect(
      error("types.h5")
        == "'types.h5' holds several arrays (/float64, /int32, /int64, /uint8): say which is "
        + "meant, such as types.h5#/float64")
  }

  @Test func filesWithoutUsableNumbersAreRefused() throws {
    try folder.write("text.h5", Array("text".utf8))
    #expect(error("text.h5") == "'text.h5' is not an HDF5 file")
    #expect(error("gone.h5") == "there is no file 'gone.h5': check the path")
    try File.create(at: "\(folder.path)/empty.h5").close()
    #expect(error("empty.h5") == "'empty.h5' holds no array of numbers: name another file")
    try ArrayFile.write(NDArray([1, 2, .nan, 4], shape: [2, 2]), to: "\(folder.path)/nan.h5")
    #expect(
      error("nan.h5")
        == "example 1 of 'nan.h5' holds a number that is not finite: remove or replace it")
    try ArrayFile.write(NDArray([], shape: [0, 2]), to: "\(folder.path)/none.npy")
    #expect(error("none.npy") == "'none.npy' holds no examples: name a file with at least one")
  }

  @Test func aFileThatCannotBeWrittenLeavesNothingBehind() throws {
    let array = NDArray([1], shape: [1])
    #expect(throws: DatasetError.self) {
      try ArrayFile.write(array, to: "\(folder.path)/missing/a.h5")
    }
    try ArrayFile.write(array, to: "\(folder.path)/a.h5")
    #expect(throws: DatasetError.self) {
      try ArrayFile.write(NDArray([2], shape: [1]), to: "\(folder.path)/a.h5#/x//y")
    }
    #expect(try ArrayFile.read("\(folder.path)/a.h5") == array)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.h5"])
  }

  @Test func aHashSignMayBePartOfAFileName() throws {
    let path = "\(folder.path)/a#b.h5"
    try ArrayFile.write(NDArray([3], shape: [1]), to: path)
    #expect(try ArrayFile.read(path).scalars == [3])
    #expect(HDF5ArrayPath("x.h5#/y").dataset == "/y")
    #expect(HDF5ArrayPath("a.h5#b.h5").file == "a.h5#b.h5")
  }
}
