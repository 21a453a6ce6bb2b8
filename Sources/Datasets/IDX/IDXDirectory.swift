import Foundation

/// A folder of IDX files under the names that MNIST gave them.
struct IDXDirectory {
  let path: String
  private let names: [String]

  /// Lists a folder.
  ///
  /// - Throws: ``DatasetError/directoryMissing(path:)`` and ``DatasetError/unreadable(path:reason:)``.
  init(path: String) throws(DatasetError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .directoryMissing(path: path)
    }
    guard isFolder.boolValue else { throw .unreadable(path: path, reason: "not a folder") }
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw .unreadable(path: path, reason: "the system refuses to list it")
    }
    self.path = path
  }

  /// Reads the training part and, where it is there, the test part.
  func open(name: String, origin: DataOrigin) throws(DatasetError) -> DataParts {
    guard let trainImages = try find(["train"], "images") else {
      throw .noTrainingImages(
        directory: path,
        lookedFor: ["train-images-idx3-ubyte", "train-images-idx4-ubyte", "train-images-idx2-…"]
          .map { $0 + "(.gz)" },
        found: shortList)
    }
    let train = try Part(images: trainImages, labels: try find(["train"], "labels"))
    var test: Part?
    if let testImages = try find(["t10k", "test"], "images") {
      test = try Part(images: testImages, labels: try find(["t10k", "test"], "labels"))
    }
    if let test, test.shape != train.shape {
      throw .partsDiffer(
        train: train.imagesPath, trainShape: train.shape, test: test.imagesPath,
        testShape: test.shape)
    }
    let classes = max(train.classCount, test?.classCount ?? 0)
    return DataParts(
      train: train.dataset(name: name, origin: origin, classCount: classes),
      test: test?.dataset(name: name, origin: origin, classCount: classes))
  }

  /// The first dozen names, for a message.
  private var shortList: [String] {
    names.count <= 12 ? names : Array(names.prefix(11)) + ["\(names.count - 11) more"]
  }

  /// The path of one file, such as `train-images-idx3-ubyte.gz`; a file that is not compressed goes
  /// before a compressed one of the same name.
  ///
  /// - Throws: ``DatasetError/ambiguousFiles(directory:names:)``.
  private func find(_ parts: [String], _ kind: String) throws(DatasetError) -> String? {
    let digits = kind == "labels" ? "1" : "234"
    let stems = parts.flatMap { part in
      digits.flatMap { digit in ["-", "."].map { "\(part)-\(kind)\($0)idx\(digit)-" } }
    }
    let matches = names.filter { name in stems.contains { name.hasPrefix($0) } }
    let distinct = Set(matches.map { $0.hasSuffix(".gz") ? String($0.dropLast(3)) : $0 })
    guard distinct.count <= 1 else {
      throw .ambiguousFiles(directory: path, names: matches)
    }
    return distinct.first.map { stem in
      "\(path)/\(matches.contains(stem) ? stem : stem + ".gz")"
    }
  }
}

extension IDXDirectory {
  /// The images and labels of one part.
  private struct Part {
    let imagesPath: String
    let shape: DataShape
    let values: ExampleValues
    let labels: [Int]?

    init(images imagesPath: String, labels labelsPath: String?) throws(DatasetError) {
      let images = try IDXFile(path: imagesPath)
      self.imagesPath = imagesPath
      shape = try images.exampleShape()
      guard let labelsPath else {
        labels = nil
        values = try images.exampleValues(shape)
        return
      }
      let labels = try IDXFile(path: labelsPath).labels()
      guard labels.count == images.dimensions[0] else {
        throw .labelCount(
          images: imagesPath, imageCount: images.dimensions[0], labels: labelsPath,
          labelCount: labels.count)
      }
      self.labels = labels
      values = try images.exampleValues(shape)
    }

    /// One more than the greatest label, 0 where there are none.
    var classCount: Int { (labels?.max() ?? -1) + 1 }

    func dataset(name: String, origin: DataOrigin, classCount: Int) -> Dataset {
      var divisor: Float = 1
      if case .bytes(_, let value) = values { divisor = value }
      return Dataset(
        name: name, shape: shape, values: values, divisor: divisor, labels: labels,
        labelNames: labels == nil ? [] : (0..<classCount).map(String.init), origin: origin)
    }
  }
}
