import Foundation
internal import HDF5

extension DataScheme {
  /// `npy:FILE`.
  static let npy = DataScheme(
    name: "npy", argument: "FILE",
    summary: "an array in a .npy file, read from disk as it is wanted where it is large",
    options: [
      Option(name: "labels", usual: "none", summary: "a .npy file with the class of each example"),
      Option(name: "test", usual: "none", summary: "a .npy file with examples to test on"),
      Option(name: "test-labels", usual: "none", summary: "a .npy file with the classes of those"),
    ]
  ) { argument, options throws(DatasetError) in
    let path = expanded(argument)
    let file = URL(fileURLWithPath: path)
    let array = { (option: String) throws(DatasetError) -> StoredNPYArray? in
      guard let value = options.values[option] else { return nil }
      return try StoredNPYArray(path: expanded(value))
    }
    let train = try StoredNPYArray(path: path)
    let test = try array("test")
    let reader = StoredArrayReader<StoredNPYArray>(
      name: file.deletingPathExtension().lastPathComponent,
      origin: DataOrigin(source: "npy:\(file.lastPathComponent)"), options: options)
    let testLabels = try array("test-labels")
    return try reader.open(
      train: .init(examples: train, labels: try array("labels")),
      test: test.map { .init(examples: $0, labels: testLabels) })
  }

  /// `h5:FILE#/dataset`.
  static let h5 = DataScheme(
    name: "h5", argument: "FILE#/dataset",
    summary: "an array in an HDF5 file, read from disk as it is wanted where it is large",
    options: [
      Option(
        name: "labels", usual: "/labels where it is there",
        summary: "an array in the file with the class of each example"),
      Option(name: "test", usual: "none", summary: "an array in the file to test on"),
      Option(
        name: "test-labels", usual: "none",
        summary: "an array in the file with the classes of those"),
    ]
  ) { argument, options throws(DatasetError) in
    let location = HDF5ArrayPath(expanded(argument))
    let root = try HDF5Array.root(of: location.file)
    let usualLabels = HDF5Array.labelDataset
    let hasLabels = try HDF5Array.retelling(location.file) { () throws(HDF5Error) in
      try root.contains(usualLabels)
    }
    let array = { (name: String?) throws(DatasetError) -> StoredHDF5Array? in
      guard let name else { return nil }
      return try StoredHDF5Array(name, below: root, location.file)
    }
    let labels = options.values["labels"] ?? (hasLabels ? usualLabels : nil)
    let (test, testLabels) = (options.values["test"], options.values["test-labels"])
    let name: String
    if let given = location.dataset {
      name = given
    } else {
      name = try HDF5Array.onlyArray(
        below: root, location.file,
        except: [labels, test, testLabels].compactMap { $0.map(absolute) })
    }
    let train = try StoredHDF5Array(name, below: root, location.file)
    let file = URL(fileURLWithPath: location.file)
    let reader = StoredArrayReader<StoredHDF5Array>(
      name: file.deletingPathExtension().lastPathComponent,
      origin: DataOrigin(source: "h5:\(file.lastPathComponent)#\(absolute(name))"),
      options: options)
    let testArray = try array(test)
    let testLabelArray = try array(testLabels)
    return try reader.open(
      train: .init(examples: train, labels: try array(labels)),
      test: testArray.map { .init(examples: $0, labels: testLabelArray) })
  }

  private static func absolute(_ name: String) -> String { name.hasPrefix("/") ? name : "/" + name }

  /// A path with the user's folder written out.
  static func expanded(_ path: String) -> String { (path as NSString).expandingTildeInPath }
}
