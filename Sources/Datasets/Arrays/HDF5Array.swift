internal import HDF5
import Tensors

/// Arrays inside HDF5 files.
enum HDF5Array {
  /// Where an array goes, and is looked for first, when no path inside the file is given.
  static let usualDataset = "/data"
  /// Where classes go beside it.
  static let labelDataset = "/labels"

  private static let types: [ElementType] = [.float32, .float64, .int64, .int32, .uint8]
  /// Groups inside groups that are searched for an array.
  private static let depthLimit = 16

  /// Reads a whole array as float32, rounded to the nearest.
  static func read(_ path: String) throws(DatasetError) -> NDArray {
    let location = HDF5ArrayPath(path)
    let root = try root(of: location.file)
    let name: String
    if let given = location.dataset {
      name = given
    } else {
      name = try onlyArray(below: root, location.file)
    }
    return try read(name, below: root, location.file)
  }

  /// Opens a file for reading.
  static func root(of path: String) throws(DatasetError) -> Group {
    try retelling(path) { () throws(HDF5Error) in try File.open(at: path).root }
  }

  /// The array that is meant where no path inside the file was given.
  ///
  /// - Parameter others: absolute paths of arrays that are not meant.
  static func onlyArray(
    below root: Group, _ path: String, except others: [String] = []
  ) throws(DatasetError) -> String {
    let names = try retelling(path) { () throws(HDF5Error) in try arrays(below: root, depth: 0) }
      .filter { !others.contains($0) }
    if names.contains(usualDataset) { return usualDataset }
    guard let name = names.first else { throw .noArray(path: path) }
    guard names.count == 1 else { throw .severalArrays(path: path, found: names) }
    return name
  }

  /// Opens an array of numbers; none of them is read yet.
  static func dataset(
    _ name: String, below root: Group, _ path: String
  ) throws(DatasetError) -> HDF5.Dataset {
    let dataset = try retelling(path) { () throws(HDF5Error) in try root.dataset(name) }
    guard types.contains(dataset.elementType) else {
      throw .unsupportedArrayType(
        path: path, array: name, type: dataset.elementType.description,
        known: types.map(\.description))
    }
    return dataset
  }

  private static func read(
    _ name: String, below root: Group, _ path: String
  ) throws(DatasetError) -> NDArray {
    let dataset = try dataset(name, below: root, path)
    guard let count = checkedProduct(dataset.shape), count <= InputLimit.bytes / 4 else {
      throw .tooLarge(
        path: path, bytes: checkedProduct(dataset.shape + [4]) ?? .max, limit: InputLimit.bytes)
    }
    let floats = try retelling(path) { () throws(HDF5Error) -> [Float] in
      try Self.floats(of: dataset)
    }
    return NDArray(floats, shape: Shape(dataset.shape))
  }

  private static func floats(of dataset: HDF5.Dataset) throws(HDF5Error) -> [Float] {
    switch dataset.elementType {
    case .float64: try dataset.read(as: Double.self).map { Float($0) }
    case .int64: try dataset.read(as: Int64.self).map { Float($0) }
    case .int32: try dataset.read(as: Int32.self).map { Float($0) }
    case .uint8: try dataset.read(as: UInt8.self).map { Float($0) }
    default: try dataset.read(as: Float.self)
    }
  }

  /// Absolute paths of all arrays of numbers, sorted.
  private static func arrays(below group: Group, depth: Int) throws(HDF5Error) -> [String] {
    var found: [String] = []
    guard depth < depthLimit else { return found }
    for member in try group.members() where member.link == .hard {
      switch member.kind {
      case .group: found += try arrays(below: group.group(member.name), depth: depth + 1)
      case .dataset:
        let dataset = try group.dataset(member.name)
        if types.contains(dataset.elementType) { found.append(dataset.path) }
      case .other: break
      }
    }
    return found
  }

  /// Writes a file that holds an array and, where given, the class of each of its rows.
  static func write(
    _ array: NDArray, labels: [Int]?, to path: String
  ) throws(DatasetError) {
    let location = HDF5ArrayPath(path)
    try OutputFile.replace(location.file) { temporary throws(DatasetError) in
      try retelling(location.file, insteadOf: temporary) { () throws(HDF5Error) in
        let file = try File.create(at: temporary)
        try file.root.write(
          array.scalars, shape: array.shape.dimensions, to: location.dataset ?? usualDataset)
        if let labels {
          try file.root.write(labels.map(Int64.init), shape: [labels.count], to: labelDataset)
        }
        try file.close()
      }
    }
  }

  /// Turns what HDF5 says into an error of this module; a temporary file is named as the user knows it.
  static func retelling<Result>(
    _ path: String, insteadOf temporary: String? = nil, _ body: () throws(HDF5Error) -> Result
  ) throws(DatasetError) -> Result {
    do {
      return try body()
    } catch {
      throw Self.error(error, path, insteadOf: temporary)
    }
  }

  /// What HDF5 says, as an error of this module.
  static func error(
    _ error: HDF5Error, _ path: String, insteadOf temporary: String? = nil
  ) -> DatasetError {
    if case .fileNotFound = error { return .fileMissing(path: path) }
    let text = error.description
    let reason = text.hasSuffix(".") ? String(text.dropLast()) : text
    return .hdf5(
      path: path, reason: temporary.map { reason.replacing($0, with: path) } ?? reason)
  }
}
