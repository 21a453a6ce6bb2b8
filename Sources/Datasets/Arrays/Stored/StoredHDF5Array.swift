internal import HDF5

/// An array in an HDF5 file, read from disk as it is wanted.
struct StoredHDF5Array: StoredArray {
  let path: String
  let shape: [Int]
  private let file: String
  private let dataset: HDF5.Dataset

  /// Opens an array by its path in an open file.
  ///
  /// - Parameters:
  ///   - name: path in the file.
  ///   - file: path of the file, for messages.
  /// - Throws: ``DatasetError/hdf5(path:reason:)`` and
  ///   ``DatasetError/unsupportedArrayType(path:array:type:known:)``.
  init(_ name: String, below root: Group, _ file: String) throws(DatasetError) {
    dataset = try HDF5Array.dataset(name, below: root, file)
    shape = dataset.shape
    self.file = file
    path = "\(file)#\(dataset.path)"
    guard dataset.layout != .virtual, dataset.layout != .external else {
      throw HDF5Array.error(
        .foreignData(file: file, object: dataset.path, layout: dataset.layout), file)
    }
  }

  var holdsBytes: Bool { dataset.elementType == .uint8 }

  func copy(_ rows: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError)
  {
    try HDF5Array.retelling(file) { () throws(HDF5Error) in
      switch dataset.elementType {
      case .float64: fill(target, try dataset.read(rows: rows, as: Double.self)) { Float($0) }
      case .int64: fill(target, try dataset.read(rows: rows, as: Int64.self)) { Float($0) }
      case .int32: fill(target, try dataset.read(rows: rows, as: Int32.self)) { Float($0) }
      case .uint8: fill(target, try dataset.read(rows: rows, as: UInt8.self)) { Float($0) }
      default: try dataset.read(into: target, rows: rows)
      }
    }
  }

  private func fill<Number>(
    _ target: UnsafeMutableBufferPointer<Float>, _ numbers: [Number], _ value: (Number) -> Float
  ) {
    numbers.withUnsafeBufferPointer { numbers in
      for index in numbers.indices { target[index] = value(numbers[index]) }
    }
  }
}
