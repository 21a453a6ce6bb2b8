import Tensors
import Testing

@testable import Datasets

@Suite struct CSVFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String) throws -> NDArray {
    try ArrayFile.read(folder.write("table.csv", Array(text.utf8)))
  }

  private func error(_ text: String) -> String {
    do {
      _ = try read(text)
      return "read"
    } catch { return "\(error)".replacing(folder.path + "/", with: "") }
  }

  @Test(arguments: [
    "1,2\n3,4\n", "1,2\n3,4", "x,y\n1,2\n3,4\n", "\"x\",\"y\"\r\n1,2\r\n\r\n3,4\r\n",
    " 1 ,\t2\n3,\"4\"\n\n", "\u{FEFF}x,y\n1,2\n3,4\n", "1e0,+2\n3.0,4.\n",
  ])
  func tablesWithAndWithoutHeaderAreRead(text: String) throws {
    #expect(try read(text) == NDArray([1, 2, 3, 4], shape: [2, 2]))
  }

  @Test func numbersAreReadBackBitForBit() throws {
    var random = RandomSource(seed: 2)
    let path = "\(folder.path)/array.csv"
    for _ in 0..<10 {
      let scalars = (0..<24).map { _ in
        Float(random.normal())
          * Float(sign: .plus, exponent: .random(in: -40...40, using: &random), significand: 1)
      }
      try ArrayFile.write(NDArray(scalars, shape: [2, 3, 4]), to: path)
      #expect(try ArrayFile.read(path) == NDArray(scalars, shape: [2, 12]))
    }
    try ArrayFile.write(NDArray([1, 2, 3], shape: [3]), to: path)
    #expect(try ArrayFile.read(path) == NDArray([1, 2, 3], shape: [3, 1]))
  }

  @Test func aRaggedRowIsNamedByItsLine() {
    #expect(
      error("a,b\n1,2\n\n3\n")
        == "line 4 of 'table.csv' has 1 fields where the first row has 2: make all rows equally "
        + "long")
  }

  @Test func aWordAmongNumbersIsNamedByLineAndColumn() {
    #expect(
      error("1,2\n3,four\n")
        == "'four' in line 2, column 2 of 'table.csv' is not a number: correct it (a header is "
        + "recognised only where no field is a number)")
    #expect(error("a,2\n3,4\n").hasPrefix("'a' in line 1, column 1"))
    #expect(error("a,b\nc,d\n").hasPrefix("'c' in line 2, column 1"))
  }

  @Test(arguments: ["", "\n\n", "x,y\n"])
  func aTableWithoutNumbersIsRefused(text: String) {
    #expect(
      error(text) == "'table.csv' holds no examples: name a file with at least one")
  }
}
