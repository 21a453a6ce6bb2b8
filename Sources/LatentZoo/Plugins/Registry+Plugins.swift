extension Registry {
  /// Identifiers of all families and then of all backbones, each in order.
  var identifiers: [String] { families.map(\.identifier) + backbones.map(\.identifier) }

  /// Checks that settings survive being stored in a checkpoint.
  ///
  /// - Throws: ``PluginError/configurationNotStored(plugin:architecture:reason:)``.
  func checkConfigurations(of plugin: String) throws(PluginError) {
    for (identifier, entry) in families {
      if let reason = Self.storageProblem(of: entry.type) {
        throw .configurationNotStored(plugin: plugin, architecture: identifier, reason: reason)
      }
    }
    for (identifier, entry) in backbones {
      if let reason = Self.storageProblem(ofBackbone: entry.type) {
        throw .configurationNotStored(plugin: plugin, architecture: identifier, reason: reason)
      }
    }
  }

  private static func storageProblem<Family: ModelFamily>(of family: Family.Type) -> String? {
    Family.Configuration.storageProblem()
  }

  private static func storageProblem<Networks: Backbone>(
    ofBackbone backbone: Networks.Type
  ) -> String? {
    Networks.Configuration.storageProblem()
  }

  /// Takes over everything that a plugin registered, or nothing.
  ///
  /// - Parameter replaced: identifiers whose place it may take.
  /// - Throws: ``PluginError/nameTaken(plugin:kind:identifier:present:)``.
  func adopt(
    _ staged: Registry, of plugin: PluginManifest, replacing replaced: Set<String>
  ) throws(PluginError) {
    let added = staged.snapshot
    let problem: PluginError? = change { contents in
      if let taken = contents.firstName(takenBy: added, except: replaced) {
        return .nameTaken(
          plugin: plugin.name, kind: taken.kind, identifier: taken.identifier,
          present: taken.provider)
      }
      contents.adopt(added, plugin: plugin.reference)
      return nil
    }
    if let problem { throw problem }
  }
}

extension Registry.Contents {
  /// The first of others' names that is taken here too.
  func firstName(
    takenBy others: Registry.Contents, except replaced: Set<String>
  ) -> (kind: String, identifier: String, provider: String)? {
    let names = others.families.keys.sorted() + others.presets.keys.sorted()
    for name in names where !replaced.contains(name) {
      if let owner = families[presets[name] ?? name] { return ("family", name, owner.provider) }
    }
    for name in others.backbones.keys.sorted() where !replaced.contains(name) {
      if let owner = backbones[name] { return ("backbone", name, owner.provider) }
    }
    return nil
  }

  /// Takes over others' architectures; those of the same names go.
  mutating func adopt(_ others: Registry.Contents, plugin: PluginReference) {
    for (name, var entry) in others.families {
      presets = presets.filter { $0.value != name }
      entry.plugin = plugin
      families[name] = entry
    }
    for (preset, family) in others.presets {
      families[preset] = nil
      presets[preset] = family
    }
    for (name, var entry) in others.backbones {
      entry.plugin = plugin
      backbones[name] = entry
    }
  }
}
