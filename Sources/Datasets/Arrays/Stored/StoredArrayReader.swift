import Foundation

/// Opens stored arrays as examples: the training part, the test part and the labels of both.
struct StoredArrayReader<Array: StoredArray> {
  /// An array of examples with, perhaps, one of labels.
  struct Part {
    let examples: Array
    let labels: Array?
  }

  let name: String
  let origin: DataOrigin
  let options: DataOptions

  /// Looks at every number of both parts once, for range and checksum.
  ///
  /// - Throws: ``DatasetError``, naming the file and the array in it.
  func open(train: Part, test: Part?) throws(DatasetError) -> DataParts {
    let layout = try ArrayLayout(of: train.examples)
    let trainLabels = try labels(of: train)
    var testLayout: ArrayLayout?
    var testLabels: [Int]?
    if let test {
      testLayout = try ArrayLayout(of: test.examples)
      guard testLayout?.shape == layout.shape else {
        throw .partsDiffer(
          train: train.examples.path, trainShape: layout.shape, test: test.examples.path,
          testShape: testLayout?.shape ?? layout.shape)
      }
      testLabels = try labels(of: test)
    }
    let names = labelNames((trainLabels ?? []) + (testLabels ?? []))
    let first = try dataset(train.examples, layout, trainLabels, names)
    guard let test, let testLayout else { return DataParts(train: first) }
    return DataParts(
      train: first, test: try dataset(test.examples, testLayout, testLabels, names))
  }

  private func labels(of part: Part) throws(DatasetError) -> [Int]? {
    try part.labels?.labels(count: part.examples.shape[0], of: part.examples.path)
  }

  /// The names of a model that the data is meant for where they are enough, otherwise numbers.
  private func labelNames(_ labels: [Int]) -> [String] {
    let count = (labels.max() ?? -1) + 1
    let known = options.preprocessing?.labelNames ?? []
    return known.count >= count ? known : (0..<count).map(String.init)
  }

  private func dataset(
    _ array: Array, _ layout: ArrayLayout, _ labels: [Int]?, _ names: [String]
  ) throws(DatasetError) -> Dataset {
    try Dataset(
      name: name, shape: layout.shape, streaming: StoredArraySource(array: array, layout: layout),
      residentLimit: InputLimit.residentBytes, labels: labels,
      labelNames: labels == nil ? [] : names, origin: origin, path: array.path)
  }
}
