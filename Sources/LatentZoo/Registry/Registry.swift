import Synchronization

/// The architectures that can be trained and opened by name: families and backbones, ours and strangers' alike.
///
/// Safe to use from any thread; the order of registration does not matter.
public final class Registry: Sendable {
  /// A registered family.
  public struct FamilyEntry: Sendable {
    /// The type whose instances are models.
    public let type: any ModelFamily.Type
    /// Who brought it, such as "LatentZoo".
    public let provider: String
    /// The plugin it was loaded from; `nil` where it is part of the program.
    public internal(set) var plugin: PluginReference?
  }

  /// A registered backbone.
  public struct BackboneEntry: Sendable {
    /// The type that builds networks.
    public let type: any Backbone.Type
    /// Who brought it, such as "LatentZoo".
    public let provider: String
    /// The plugin it was loaded from; `nil` where it is part of the program.
    public internal(set) var plugin: PluginReference?
  }

  /// What is registered.
  struct Contents {
    var families: [String: FamilyEntry] = [:]
    var backbones: [String: BackboneEntry] = [:]
    /// Family of each preset.
    var presets: [String: String] = [:]
  }

  private let contents = Mutex(Contents())

  /// Makes a registry that knows nothing yet.
  public init() {}

  /// Adds a family under its card's identifier, and its presets under theirs.
  ///
  /// - Throws: ``RegistryError/duplicate(kind:identifier:present:rejected:)`` or
  ///   ``RegistryError/badIdentifier(_:provider:)``; the registry then stays as it was.
  public func register<Family: ModelFamily>(
    _ family: Family.Type, provider: String
  ) throws(RegistryError) {
    let identifier = Family.card.identifier
    let names = [identifier] + Family.presets.keys.sorted()
    for name in names { try Self.check(name, provider) }
    let failure: RegistryError? = contents.withLock { contents in
      for name in names {
        if let owner = contents.presets[name] ?? (contents.families[name] == nil ? nil : name) {
          return .duplicate(
            kind: "family", identifier: name, present: contents.families[owner]?.provider ?? owner,
            rejected: provider)
        }
      }
      contents.families[identifier] = FamilyEntry(type: family, provider: provider)
      for preset in names.dropFirst() { contents.presets[preset] = identifier }
      return nil
    }
    if let failure { throw failure }
  }

  /// Adds a backbone under its card's identifier.
  ///
  /// - Throws: ``RegistryError``; the registry then stays as it was.
  public func register<Networks: Backbone>(
    backbone: Networks.Type, provider: String
  ) throws(RegistryError) {
    let identifier = Networks.card.identifier
    try Self.check(identifier, provider)
    let present: String? = contents.withLock { contents in
      if let entry = contents.backbones[identifier] { return entry.provider }
      contents.backbones[identifier] = BackboneEntry(type: backbone, provider: provider)
      return nil
    }
    if let present {
      throw .duplicate(
        kind: "backbone", identifier: identifier, present: present, rejected: provider)
    }
  }

  /// What is registered at the moment.
  var snapshot: Contents { contents.withLock { $0 } }

  /// Changes what is registered, as a whole.
  func change<Result: Sendable>(_ body: (inout Contents) -> sending Result) -> Result {
    contents.withLock { body(&$0) }
  }

  /// All families by identifier.
  public var families: [(identifier: String, entry: FamilyEntry)] {
    contents.withLock { $0.families }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// All backbones by identifier.
  public var backbones: [(identifier: String, entry: BackboneEntry)] {
    contents.withLock { $0.backbones }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The family of a name, which is a family's or one of its presets'.
  ///
  /// - Throws: ``RegistryError/unknown(kind:identifier:known:)``.
  public func family(
    named name: String
  ) throws(RegistryError) -> (entry: FamilyEntry, preset: Preset?) {
    let (families, presets) = contents.withLock { ($0.families, $0.presets) }
    guard let entry = families[presets[name] ?? name] else {
      throw .unknown(
        kind: "family", identifier: name,
        known: (Array(families.keys) + Array(presets.keys)).sorted())
    }
    return (entry, entry.type.presets[name])
  }

  /// The backbone of a name.
  ///
  /// - Throws: ``RegistryError/unknown(kind:identifier:known:)``.
  public func backbone(named name: String) throws(RegistryError) -> BackboneEntry {
    let backbones = contents.withLock { $0.backbones }
    guard let entry = backbones[name] else {
      throw .unknown(kind: "backbone", identifier: name, known: backbones.keys.sorted())
    }
    return entry
  }

  private static func check(_ identifier: String, _ provider: String) throws(RegistryError) {
    let isGood =
      !identifier.isEmpty && identifier.utf8.count <= 64 && identifier.first != "-"
      && identifier.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
          || byte == UInt8(ascii: "-")
      }
    guard isGood else { throw .badIdentifier(identifier, provider: provider) }
  }
}

/// What can go wrong with names of architectures.
public enum RegistryError: Error, Hashable, Sendable {
  /// The name is taken.
  case duplicate(kind: String, identifier: String, present: String, rejected: String)
  /// Nothing of that name is registered.
  case unknown(kind: String, identifier: String, known: [String])
  /// The name has letters that would not do in a file name.
  case badIdentifier(String, provider: String)
}

extension RegistryError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .duplicate(let kind, let identifier, let present, let rejected):
      return "\(kind) \"\(identifier)\" of \(rejected) is already registered by \(present); "
        + "rename one of them"
    case .unknown(let kind, let identifier, let known):
      let hint = NearestName.of(identifier, among: known).map { "; did you mean \"\($0)\"?" } ?? "."
      let list =
        known.isEmpty ? "none is registered" : "there are: " + known.joined(separator: ", ")
      return "there is no \(kind) \"\(identifier)\"\(hint) (\(list))"
    case .badIdentifier(let identifier, let provider):
      return "\"\(identifier)\" of \(provider) is no identifier: "
        + "use up to 64 small letters, digits and dashes"
    }
  }
}
