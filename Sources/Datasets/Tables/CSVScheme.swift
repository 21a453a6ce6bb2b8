extension DataScheme {
  /// `csv:FILE`.
  static let csv = DataScheme(
    name: "csv", argument: "FILE",
    summary: "a table of numbers, a line a row, each column standardised",
    options: [
      Option(
        name: "label", usual: "the only column of words",
        summary: "name or number of the column with the class of each row"),
      Option(name: "test", usual: "none", summary: "a .csv file with rows to test on"),
      Option(
        name: "standardise", usual: "yes",
        summary: "yes to bring columns to mean 0 and deviation 1, no to take them as they are"),
    ]
  ) { argument, options throws(DatasetError) in
    try TableReader(path: expanded(argument), options: options).open()
  }
}
