/// What a training is run on: where it was read from, and how to know it again.
public struct DataReference: Codable, Hashable, Sendable {
  /// The source as it was written, such as `idx:data/mnist`.
  public var source: String
  /// How it was to be read, such as `size` = `64x64`.
  public var options: [String: String]
  /// The examples to train on.
  public var train: Part
  /// The test part, `nil` where the source has none.
  public var test: Part?

  /// What tells one part of a source from another.
  public struct Part: Codable, Hashable, Sendable {
    /// Number of examples.
    public var count: Int
    /// SHA-256 of the values; see `Provenance.sha256`.
    public var values: String
    /// SHA-256 of the number of each example's class, little-endian int64; empty where there are no labels.
    public var labels: String
    /// SHA-256 of the first example of each document and the one after its last, little-endian int64; empty where there
    /// are none.
    public var documents: String

    /// Looks at a data set.
    init(of dataset: Dataset) {
      count = dataset.count
      values = dataset.provenance.sha256
      labels = dataset.labels.map(Self.digest) ?? ""
      documents =
        dataset.documents.isEmpty
        ? "" : Self.digest(dataset.documents.flatMap { [$0.lowerBound, $0.upperBound] })
    }

    private static func digest(_ numbers: [Int]) -> String {
      let bytes = numbers.map { Int64($0).littleEndian }
      return bytes.withUnsafeBytes { SHA256.hexadecimal(SHA256.hash($0)) }
    }

    /// In which way another part differs, in words; `nil` where it is the same.
    func difference(to other: Part) -> String? {
      if other.count != count { return "has \(other.count) examples instead of \(count)" }
      if other.values != values { return "has other values" }
      if other.labels != labels { return "has other labels" }
      if other.documents != documents { return "is divided into other documents" }
      return nil
    }
  }

  /// Refers to data.
  ///
  /// - Parameters:
  ///   - data: the data, which is looked at for its checksums.
  ///   - source: as it can be written again; the data's own name for it unless given.
  ///   - options: as they were given.
  public init(_ data: DataParts, source: String? = nil, options: [String: String] = [:]) {
    self.source = source ?? data.train.provenance.source
    self.options = options
    train = Part(of: data.train)
    test = data.test.map(Part.init)
  }

  /// In which way other data differ, in words; `nil` where they are the same.
  func difference(to data: DataParts) -> String? {
    if let found = train.difference(to: Part(of: data.train)) {
      return "its training part \(found)"
    }
    switch (test, data.test) {
    case (nil, nil): return nil
    case (nil, _?): return "it has a test part, which was not there"
    case (_?, nil): return "its test part is missing"
    case (let test?, let found?):
      return test.difference(to: Part(of: found)).map { "its test part \($0)" }
    }
  }
}
