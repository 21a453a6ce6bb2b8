import Foundation
import HDF5
import Tensors

/// What PyTorch computes for one layer on one input, as `Reference/make_layer_reference.py` wrote it.
struct LayerReference {
  /// `layer/case`, such as `conv2d/strided`.
  let path: String
  /// Whether PyTorch ran the layer in training mode.
  let isTraining: Bool
  /// What the layer takes, by name; whole numbers (labels, lengths, indices) as floats too.
  let inputs: [String: NDArray]
  /// The layer's state before the pass, by PyTorch's names.
  let weights: [String: NDArray]
  /// What each output is multiplied by before everything is added up and differentiated.
  let upstream: [String: NDArray]
  /// The results, by name.
  let outputs: [String: NDArray]
  /// By each weight under its name, by an input under `input_` and its name.
  let gradients: [String: NDArray]
  /// The state that is not trained, as the pass leaves it.
  let after: [String: NDArray]

  private let configuration: Data

  /// Reads one case.
  init(_ path: String) throws {
    let group = try Self.open().root.group(path)
    self.path = path
    configuration = Data(try group.attributeString("configuration").utf8)
    isTraining = try group.attributeValue("isTraining", as: Int32.self) == 1
    inputs = try Self.arrays("inputs", of: group)
    weights = try Self.arrays("weights", of: group)
    upstream = try Self.arrays("upstream", of: group)
    outputs = try Self.arrays("outputs", of: group)
    gradients = try Self.arrays("gradients", of: group)
    after = try Self.arrays("after", of: group)
  }

  /// The paths of all cases of a layer, for `@Test(arguments:)`.
  ///
  /// A layer that cannot be listed gives its own name: reading that as a case fails and says why, where
  /// an empty list would pass as a test of nothing.
  static func cases(of layer: String) -> [String] {
    let members = try? open().root.group(layer).members()
    guard let members, !members.isEmpty else { return [layer] }
    return members.map { "\(layer)/\($0.name)" }
  }

  /// The layers and functions there are cases of.
  static func layers() throws -> [String] { try open().root.members().map(\.name) }

  private static func open() throws -> File {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference/layers.h5")
    return try File.open(at: file.path)
  }

  private static func arrays(_ part: String, of group: Group) throws -> [String: NDArray] {
    guard try group.contains(part) else { return [:] }
    let folder = try group.group(part)
    var found: [String: NDArray] = [:]
    for member in try folder.members() {
      let dataset = try folder.dataset(member.name)
      found[member.name] = NDArray(
        try dataset.read(as: Float.self), shape: Shape(dataset.shape))
    }
    return found
  }
}

extension LayerReference {
  /// A setting of the layer: `let stride: [Int] = try example.setting("stride")`.
  ///
  /// - Throws: ``MissingSetting``, or a `DecodingError` if it is of another type.
  func setting<Value: Decodable>(_ name: String) throws -> Value {
    guard let value: Value = try settingIfPresent(name) else {
      throw MissingSetting(path: path, name: name)
    }
    return value
  }

  /// A setting that may be missing or null, such as `paddingIndex`.
  func settingIfPresent<Value: Decodable>(_ name: String) throws -> Value? {
    try JSONDecoder().decode(Setting<Value>.self, from: configuration, configuration: name).value
  }

  /// An input as whole numbers, for layers that must know them while recording; nil where there is no
  /// such input.
  func integers(_ input: String) -> [Int]? { inputs[input]?.scalars.map { Int($0) } }
}

/// A layer was asked for a setting that its case does not have.
struct MissingSetting: Error, CustomStringConvertible {
  let path: String
  let name: String
  var description: String { "\(path) has no setting \"\(name)\"" }
}

/// One value of a JSON object, under the name that decoding is given.
private struct Setting<Value: Decodable>: DecodableWithConfiguration {
  let value: Value?

  init(from decoder: any Decoder, configuration name: String) throws {
    let container = try decoder.container(keyedBy: Key.self)
    value = try container.decodeIfPresent(Value.self, forKey: Key(stringValue: name))
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
