/// Everything needed to build a model's networks: names and settings, no code.
public struct ModelSpecification: Codable, Hashable, Sendable {
  /// Identifier of the family.
  public let family: String
  /// Version of the family's card.
  public let familyVersion: Int
  /// Settings of the family.
  public let configuration: JSONValue
  /// Identifier of the backbone.
  public let backbone: String
  /// Settings of the backbone.
  public let backboneConfiguration: JSONValue
  /// What it works on.
  public let data: DataSignature
  /// The plugins that family and backbone were loaded from; none where they are part of the program.
  public let plugins: [PluginReference]

  /// Shape of one example.
  public var dataShape: DataShape { data.shape }

  /// The value of a setting of family or backbone, whose name may stand before the key; `nil` where there is none.
  public func value(of setting: String) -> JSONValue? {
    for (owner, fields) in [
      (family, configuration.fields), (backbone, backboneConfiguration.fields),
    ] {
      let key =
        setting.hasPrefix("\(owner).") ? String(setting.dropFirst(owner.count + 1)) : setting
      if let value = fields[key] { return value }
    }
    return nil
  }
}

extension ModelSpecification {
  /// Reads a specification; files of the first releases name no plugins.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    family = try container.decode(String.self, forKey: .family)
    familyVersion = try container.decode(Int.self, forKey: .familyVersion)
    configuration = try container.decode(JSONValue.self, forKey: .configuration)
    backbone = try container.decode(String.self, forKey: .backbone)
    backboneConfiguration = try container.decode(JSONValue.self, forKey: .backboneConfiguration)
    data = try container.decode(DataSignature.self, forKey: .data)
    plugins = try container.decodeIfPresent([PluginReference].self, forKey: .plugins) ?? []
  }
}

extension Registry {
  /// Works out a specification from names and a user's settings.
  ///
  /// - Parameters:
  ///   - name: a family or a preset.
  ///   - backbone: overrides the preset's and the family's default.
  ///   - settings: overlay the preset's, which overlay the defaults. A key may carry the family's or backbone's name.
  ///   - data: what the model is to work on.
  /// - Throws: ``RegistryError`` or ``ConfigurationError``.
  public func specification(
    for name: String, backbone: String? = nil, settings: [Setting] = [], data: DataSignature
  ) throws -> ModelSpecification {
    let (entry, preset) = try family(named: name)
    let family = entry.type
    let backboneEntry = try self.backbone(
      named: backbone ?? preset?.backbone ?? family.defaultBackbone)
    let networks = backboneEntry.type
    let presetSettings = (preset?.settings ?? [:]).map { Setting(key: $0.key, value: $0.value) }
    let sorted = try SortedSettings(presetSettings + settings, family: family, backbone: networks)
    return try Self.specification(
      family, networks, sorted, data, Self.plugins(entry, backboneEntry))
  }

  /// A recorded specification with some settings changed.
  ///
  /// - Throws: ``RegistryError`` or ``ConfigurationError``.
  public func specification(
    _ recorded: ModelSpecification, changedBy settings: [Setting]
  ) throws -> ModelSpecification {
    let familyEntry = try family(named: recorded.family).entry
    let backboneEntry = try backbone(named: recorded.backbone)
    let (family, networks) = (familyEntry.type, backboneEntry.type)
    var sorted = try SortedSettings(settings, family: family, backbone: networks)
    sorted.ofFamily.merge(recorded.configuration.fields) { changed, _ in changed }
    sorted.ofBackbone.merge(recorded.backboneConfiguration.fields) { changed, _ in changed }
    return try Self.specification(
      family, networks, sorted, recorded.data, Self.plugins(familyEntry, backboneEntry))
  }

  /// The plugins of a family and a backbone, each once.
  private static func plugins(
    _ family: FamilyEntry, _ backbone: BackboneEntry
  ) -> [PluginReference] {
    let found = [family.plugin, backbone.plugin].compactMap(\.self)
    return found.count == 2 && found[0] == found[1] ? [found[0]] : found
  }

  private static func specification<Family: ModelFamily, Networks: Backbone>(
    _ family: Family.Type, _ backbone: Networks.Type, _ settings: SortedSettings,
    _ data: DataSignature, _ plugins: [PluginReference]
  ) throws -> ModelSpecification {
    let configuration = try Family.Configuration(
      overlaying: settings.ofFamily, owner: Family.card.identifier)
    let backboneConfiguration = try Networks.Configuration(
      overlaying: settings.ofBackbone, owner: Networks.card.identifier)
    return ModelSpecification(
      family: Family.card.identifier, familyVersion: Family.card.version,
      configuration: try configuration.json, backbone: Networks.card.identifier,
      backboneConfiguration: try backboneConfiguration.json, data: data, plugins: plugins)
  }

  /// Whether family and backbone of a specification are registered.
  public func knows(_ specification: ModelSpecification) -> Bool {
    families.contains { $0.identifier == specification.family }
      && backbones.contains { $0.identifier == specification.backbone }
  }

  /// Builds the networks of a specification with initial values, parameters named.
  ///
  /// - Throws: ``RegistryError``, ``ConfigurationError`` or ``ModelError``.
  public func makeModel(
    _ specification: ModelSpecification, using random: inout RandomSource
  ) throws -> any ModelFamily {
    let networks = try backbone(named: specification.backbone).type
    let family = try family(named: specification.family).entry.type
    return try Self.make(family, networks, specification, &random)
  }

  private static func make<Family: ModelFamily, Networks: Backbone>(
    _ family: Family.Type, _ networks: Networks.Type, _ specification: ModelSpecification,
    _ random: inout RandomSource
  ) throws -> any ModelFamily {
    let backbone = try Networks(
      try Networks.Configuration(
        recorded: specification.backboneConfiguration, owner: specification.backbone),
      for: specification.data)
    let model = try Family(
      try Family.Configuration(recorded: specification.configuration, owner: specification.family),
      on: backbone, using: &random)
    // Values, gradients and two moments, four bytes each; nothing has been taken so far.
    let bytes = 16 * model.parameterCount
    guard bytes <= Engine.physicalMemory else {
      throw ModelError.tooLarge(
        parameters: model.parameterCount, bytes: bytes, available: Engine.physicalMemory)
    }
    model.nameParameters()
    return model
  }
}

/// A user's settings, told apart by whom they belong to.
private struct SortedSettings {
  var ofFamily: [String: JSONValue] = [:]
  var ofBackbone: [String: JSONValue] = [:]

  init(
    _ settings: [Setting], family: any ModelFamily.Type, backbone: any Backbone.Type
  ) throws {
    let familyName = family.card.identifier
    let backboneName = backbone.card.identifier
    let familyKeys = try Self.keys(family)
    let backboneKeys = try Self.keys(backbone)
    for setting in settings {
      if setting.key.hasPrefix(familyName + ".") {
        ofFamily[String(setting.key.dropFirst(familyName.count + 1))] = setting.value
      } else if setting.key.hasPrefix(backboneName + ".") {
        ofBackbone[String(setting.key.dropFirst(backboneName.count + 1))] = setting.value
      } else if familyKeys.contains(setting.key), backboneKeys.contains(setting.key) {
        throw ConfigurationError.ambiguousKey(
          setting.key, family: familyName, backbone: backboneName)
      } else if familyKeys.contains(setting.key) {
        ofFamily[setting.key] = setting.value
      } else if backboneKeys.contains(setting.key) {
        ofBackbone[setting.key] = setting.value
      } else {
        throw ConfigurationError.unknownKey(
          setting.key, owner: "\(familyName) on \(backboneName)",
          known: familyKeys.union(backboneKeys).sorted())
      }
    }
  }

  private static func keys<Family: ModelFamily>(_ family: Family.Type) throws -> Set<String> {
    Set(try Family.Configuration().json.fields.keys)
  }

  private static func keys<Networks: Backbone>(_ backbone: Networks.Type) throws -> Set<String> {
    Set(try Networks.Configuration().json.fields.keys)
  }
}
