internal import HDF5

/// Holds what a record says against the file it is in, before anything is built of it.
struct RecordCheck {
  private let record: ModelRecord
  private let path: String

  /// The most values of one example, the most classes or tokens, and the largest whole number in a configuration: far
  /// beyond what is in use, and small enough that no product of a few of them overflows.
  private static let mostFeatures = 1 << 28
  private static let mostClasses = 1 << 24
  private static let largestSetting = 1 << 28
  /// The most values in the settings of a family or a backbone.
  private static let mostSettings = 4096

  /// Begins the comparison of a record.
  init(_ record: ModelRecord, _ path: String) {
    self.record = record
    self.path = path
  }

  /// Compares the attributes of the root group, which repeat a part of the record, and checks all sizes.
  ///
  /// - Throws: ``CheckpointError/malformed(file:object:reason:)``, or what HDF5 says.
  func compare(with root: PlainGroup) throws {
    for (name, expected) in [
      (CheckpointFormat.Attribute.name, record.name),
      (CheckpointFormat.Attribute.family, record.specification.family),
      (CheckpointFormat.Attribute.created, record.createdAt),
      (CheckpointFormat.Attribute.library, record.libraryVersion),
    ] where try root.attributeString(name) != expected {
      throw disagreement(name)
    }
    for (name, expected) in [
      (CheckpointFormat.Attribute.latentSize, record.latentSize),
      (CheckpointFormat.Attribute.parameterCount, record.parameterCount),
    ] where try root.attributeValue(name, as: Int64.self) != Int64(expected) {
      throw disagreement(name)
    }
    try checkSizes()
  }

  /// Compares the number of parameters with the weights that are in the file.
  ///
  /// - Throws: ``CheckpointError/malformed(file:object:reason:)``.
  func compare(with shapes: [[Int]]) throws {
    // Each count is known to be that of a dataset inside the file, so the sum cannot overflow.
    let stored = shapes.reduce(0) { $0 + $1.reduce(1, *) }
    guard stored == record.parameterCount else {
      throw malformed("tells of \(record.parameterCount) parameters where \(stored) are stored")
    }
    guard record.specification.data.vocabularySize <= stored else {
      throw malformed("tells of more tokens than there are parameters")
    }
  }

  /// Compares sizes with those of the networks that the configuration builds.
  ///
  /// - Throws: ``CheckpointError/malformed(file:object:reason:)``.
  func compare(with family: any ModelFamily) throws {
    guard family.latentSize == record.latentSize else {
      throw malformed(
        "tells of codes of \(record.latentSize) elements, and its configuration of "
          + "\(family.latentSize)")
    }
  }

  private func checkSizes() throws {
    let data = record.specification.data
    guard data.shape.featureCount <= Self.mostFeatures, data.shape.dimensions.count <= 8,
      data.classCount <= Self.mostClasses, data.vocabularySize <= Self.mostClasses,
      (1...Self.mostFeatures).contains(record.latentSize), record.parameterCount >= 0
    else { throw malformed("tells of data or codes larger than any model's") }
    for settings in [
      record.specification.configuration, record.specification.backboneConfiguration,
    ] {
      var count = 0
      guard isPlausible(settings, &count) else {
        throw malformed("has settings larger than any model's")
      }
    }
  }

  private func isPlausible(_ value: JSONValue, _ count: inout Int) -> Bool {
    count += 1
    guard count <= Self.mostSettings else { return false }
    switch value {
    case .integer(let number): return number.magnitude <= UInt(Self.largestSetting)
    case .array(let values): return values.allSatisfy { isPlausible($0, &count) }
    case .object(let fields): return fields.values.allSatisfy { isPlausible($0, &count) }
    case .null, .bool, .number, .string: return true
    }
  }

  private func disagreement(_ attribute: String) -> CheckpointError {
    malformed("does not agree with the attribute \(attribute)")
  }

  private func malformed(_ reason: String) -> CheckpointError {
    .malformed(file: path, object: CheckpointFormat.record, reason: reason)
  }
}
