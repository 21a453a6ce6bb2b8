import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct ArrayFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func error(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = try folder.write(name, bytes)
    do throws(DatasetError) {
      _ = try ArrayFile.read(path)
      return "read"
    } catch { return error.description.replacing(folder.path + "/", with: "") }
  }

  private func npy(_ header: String, _ payload: [UInt8]) -> [UInt8] {
    NPYHeader.magic + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + payload
  }

  @Test func numbersOfAnyShapeAreReadBackBitForBit() throws {
    var random = RandomSource(seed: 6)
    let path = "\(folder.path)/array.npy"
    for shape: Shape in [[], [0], [1], [7], [3, 0, 2], [2, 3], [2, 3, 4, 5], [100, 1]] {
      let scalars = (0..<shape.count).map { _ in Float(random.normal()) }
      let array = NDArray(scalars, shape: shape)
      try ArrayFile.write(array, to: path)
      #expect(try ArrayFile.read(path) == array)
    }
  }

  @Test func theNumbersOfAnNPYFileBeginAtAMultipleOf64Bytes() {
    for shape in [[], [1], [10, 20, 30], Array(repeating: 1, count: 30)] {
      let header = NPYHeader(type: "<f4", shape: shape).encoded
      #expect(header.count.isMultiple(of: 64))
      #expect(header.last == UInt8(ascii: "\n"))
    }
  }

  @Test(.enabled(if: hasNumPy))
  func numPyReadsWhatWeWrite() throws {
    let path = "\(folder.path)/ours.npy"
    let script = """
      import numpy, sys
      array = numpy.load(sys.argv[1], allow_pickle=False)
      print(array.dtype.str, array.shape, array.flatten().tolist())
      """
    try ArrayFile.write(NDArray([1, 2.5, -3, 0.25], shape: [2, 2]), to: path)
    #expect(try run("python3", ["-c", script, path]) == "<f4 (2, 2) [1.0, 2.5, -3.0, 0.25]")
    try ArrayFile.write(NDArray([7], shape: [1]), to: path)
    #expect(try run("python3", ["-c", script, path]) == "<f4 (1,) [7.0]")
    try ArrayFile.write(NDArray(5), to: path)
    #expect(try run("python3", ["-c", script, path]) == "<f4 () [5.0]")
  }

  @Test(.enabled(if: hasNumPy), arguments: ["<f4", "<f8", "<i8", "|u1"])
  func weReadWhatNumPyWrites(type: String) throws {
    let path = "\(folder.path)/theirs.npy"
    let script = """
      import numpy, sys
      numpy.save(sys.argv[1], numpy.arange(24).reshape(2, 3, 4).astype(sys.argv[2]))
      """
    try run("python3", ["-c", script, path, type])
    #expect(try ArrayFile.read(path) == NDArray((0..<24).map(Float.init), shape: [2, 3, 4]))
  }

  @Test func otherOrdersAndTypesAreRefused() throws {
    #expect(
      try error(
        "a.npy", npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }", [0, 0, 0, 0]))
        == "'a.npy' is stored in Fortran order: write it again with numpy.ascontiguousarray")
    #expect(
      try error(
        "a.npy", npy("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", [0, 0, 0, 0]))
        == "'a.npy' holds numbers of type '>f4': convert them to one of <f4, <f8, <i8, |u1")
  }

  @Test func sizesAreHeldAgainstTheFile() throws {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"
    let start = 10 + header.utf8.count
    #expect(
      try error("a.npy", npy(header, [0, 0, 0, 0]))
        == "'a.npy' ends after \(start + 4) of the \(start + 8) bytes that it declares: "
        + "fetch it again")
    #expect(
      try error("a.npy", npy(header, [UInt8](repeating: 0, count: 9)))
        == "'a.npy' goes on after the \(start + 8) bytes that it declares: fetch it again or "
        + "correct its header")
    #expect(
      try error(
        "a.npy",
        npy(
          "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", []))
        == "'a.npy' declares more bytes than can be counted, more than the limit of 4294967296: "
        + "split it into smaller files")
  }

  @Test(arguments: [
    "", "{}", "{'descr': '<f4', 'fortran_order': False}",
    "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': 1}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1}",
    "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}",
  ])
  func headersThatSayTooLittleAreRefused(header: String) throws {
    #expect(
      try error("a.npy", npy(header, [0, 0, 0, 0]))
        == "'a.npy' is no .npy file that can be read (type, order or shape are missing from its "
        + "header): write it again with numpy.save")
  }

  @Test func everyCutOfAnNPYFileIsRefused() throws {
    let bytes = NPYFile.encode(NDArray([1, 2, 3], shape: [3]))
    for length in bytes.indices {
      #expect(try error("a.npy", Array(bytes[..<length])) != "read", "cut to \(length) bytes")
    }
  }

  @Test func anUnknownEndingIsAnsweredWithTheKnownOnes() {
    #expect(ArrayFile.knownExtensions == ["npy", "h5", "csv"])
    #expect(throws: DatasetError.unknownExtension(path: "codes.mat", known: ["npy", "h5", "csv"])) {
      try ArrayFile.write(NDArray(1), to: "codes.mat")
    }
    #expect(
      DatasetError.unknownExtension(path: "codes.mat", known: ["npy", "h5", "csv"]).description
        == "the name 'codes.mat' does not say which format is meant: end it in .npy or .h5 or .csv")
  }
}
