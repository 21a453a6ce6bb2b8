import Tensors
import Testing

@testable import Datasets

@Suite struct TableTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(
    _ text: String, _ values: [String: String] = [:], for model: Preprocessing? = nil
  ) throws -> DataParts {
    let path = try folder.write("table.csv", Array(text.utf8))
    return try DataSource(parsing: "csv:\(path)").open(
      DataOptions(values: values, preprocessing: model))
  }

  private func message(
    _ text: String, _ values: [String: String] = [:], for model: Preprocessing? = nil
  )
    -> String
  {
    do {
      _ = try open(text, values, for: model)
      return "opened"
    } catch { return "\(error)".replacing(folder.path + "/", with: "") }
  }

  @Test func columnsAreStandardised() throws {
    let data = try open("height,width,depth\n1,5,7\n2,5,0\n3,5,-7\n").train
    #expect(data.shape == DataShape([3]))
    #expect(data.labels == nil)
    let columns: [[Double]] = [[1, 2, 3], [5, 5, 5], [7, 0, -7]]
    let deviations = [(2.0 / 3).squareRoot(), 1, (98.0 / 3).squareRoot()]
    let scalars = try data.examples([0, 1, 2]).scalars
    for (place, value) in scalars.enumerated() {
      let (row, column) = (place / 3, place % 3)
      let expected = (columns[column][row] - columns[column][1]) / deviations[column]
      #expect(abs(Double(value) - expected) < 1e-6)
    }
    #expect(data.traits.columns.map(\.name) == ["height", "width", "depth"])
    #expect(data.traits.columns.map(\.mean) == [2, 5, 0])
    #expect(data.traits.columns[1].deviation == 1, "a column that never changes is left at 0")
  }

  @Test func theOnlyColumnOfWordsGivesTheLabels() throws {
    let data = try open("a,species,b\n1,setosa,2\n3,\"virginica, wild\",4\n5,setosa,9\n").train
    #expect(data.labelNames == ["setosa", "virginica, wild"])
    #expect(data.labels == [0, 1, 0])
    #expect(data.traits.columns.map(\.name) == ["a", "b"])
    #expect(data.preprocessing.options == ["label": "species", "standardise": "yes"])
  }

  @Test(arguments: ["kind", "2"])
  func theLabelColumnMayBeNamedOrCounted(label: String) throws {
    let data = try open("a,kind\n1,10\n2,9\n3,10\n", ["label": label]).train
    #expect(data.labelNames == ["9", "10"])
    #expect(data.labels == [1, 0, 1])
  }

  @Test func numbersCanBeTakenAsTheyAre() throws {
    let data = try open("1,2\n3,4\n", ["standardise": "no"]).train
    #expect(try data.examples([0, 1]).scalars == [1, 2, 3, 4])
    #expect(data.preprocessing.columns.isEmpty)
    let again = try open("5,6\n", for: data.preprocessing).train
    #expect(try again.examples([0]).scalars == [5, 6])
  }

  @Test func aModelsStatisticsAndClassesHoldForOtherTables() throws {
    let model = try open("a,b,kind\n0,0,x\n2,4,y\n").train.preprocessing
    let other = try open("a,b,kind\n1,2,y\n2,4,z\n", for: model).train
    #expect(try other.examples([0, 1]).scalars == [0, 0, 1, 1])
    #expect(other.labelNames == ["x", "y"])
    #expect(other.labels == [1, Dataset.unknownLabel])
    let unlabelled = try open("a,b\n0,0\n", for: model).train
    #expect(unlabelled.labels == nil)
    #expect(
      message("a,c\n1,2\n", for: model)
        == "'table.csv' has the columns a, c where a, b are needed: give the same columns in the "
        + "same order")
  }

  @Test func theTestPartIsStandardisedLikeTheTrainingPart() throws {
    let test = try folder.write("test.csv", Array("a,b\n2,8\n".utf8))
    let parts = try open("a,b\n0,0\n2,4\n", ["test": test])
    #expect(try parts.test?.examples([0]).scalars == [1, 3])
  }

  @Test func rowsAreRestoredToTheirUnits() throws {
    let text = "a,b\n1,100\n2,50\n4,-3\n"
    let data = try open(text).train
    let raw = data.preprocessing.restored(try data.examples(0..<3)).scalars
    for (found, expected) in zip(raw, [1, 100, 2, 50, 4, -3] as [Float]) {
      #expect(abs(found - expected) <= 1e-5 * abs(expected))
    }
    let other = NDArray([1, 2, 3], shape: [1, 3])
    #expect(data.preprocessing.restored(other) == other)
  }

  @Test(arguments: [
    (
      "a,b\n1,\n",
      "a value is missing in line 2, column 2 of 'table.csv': fill it in, or remove the row"
    ),
    ("a,b\n1,2\n1,NaN\n", "a value is missing in line 3, column 2"),
    ("1,2\n1,inf\n", "'inf' in line 2, column 2 of 'table.csv' is not a number"),
    ("1,2\n1,1e300\n", "'1e300' in line 2, column 2 of 'table.csv' is not a number"),
    ("1,2\n3,x\n", "'x' in line 2, column 2 of 'table.csv' is not a number"),
    ("1,2\n3\n", "line 2 of 'table.csv' has 1 fields where the first row has 2"),
    ("a,b\nx,y\n", "the columns a and b of 'table.csv' hold words: keep one"),
    ("a\nx\n", "'table.csv' has a column of labels and no other"),
    ("1,\"2\n3,4\n", "the quote that opens in line 1 of 'table.csv' is never closed"),
    ("1,\"2\"3\n", "a quoted field in line 1 of 'table.csv' goes on after its closing quote"),
    ("", "'table.csv' holds no examples"), ("a,b\n", "'table.csv' holds no examples"),
  ])
  func badTablesAreRefusedByLineAndColumn(text: String, start: String) {
    #expect(message(text).hasPrefix(start), "\(message(text))")
  }

  @Test func aColumnThatIsNotThereIsNamed() {
    #expect(
      message("a,b\n1,2\n", ["label": "kind"])
        == "'table.csv' has no column 'kind': there are a, b")
    #expect(
      message("a,b\n1,2\n", ["lable": "a"])
        == "the data source 'csv' has no option 'lable' (did you mean 'label'?): there are label, "
        + "test, standardise, binarize")
  }

  @Test func quotesHoldCommasLineEndsAndQuotes() throws {
    var reader = CSVReader(
      bytes: Array(" a , \"b,\n\"\"c\"\"\" ,\r\n\n\"\",d".utf8), path: "t")
    #expect(try reader.next() == CSVReader.Record(line: 1, fields: ["a", "b,\n\"c\"", ""]))
    #expect(try reader.next() == CSVReader.Record(line: 4, fields: ["", "d"]))
    #expect(try reader.next() == nil)
  }

  @Test func headersAreWrittenSoThatTheyAreReadBack() throws {
    let names = ["plain", "a,b", " c\"d ", "e\nf"]
    let text = CSVFile.encode(NDArray([1, 2, 3, 4], shape: [1, 4]), header: names)
    let path = try folder.write("names.csv", text)
    #expect(try Table(path: path).columns == names)
  }
}
