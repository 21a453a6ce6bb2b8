import Foundation

/// Loads installed plugins into a registry; one that cannot be loaded is left out, and said why.
public struct PluginLoader: Sendable {
  /// Where plugins are looked up, the first folder first.
  public let folders: [PluginFolder]

  /// Looks plugins up in folders.
  public init(_ folders: [PluginFolder] = PluginFolder.all()) { self.folders = folders }

  /// Every plugin with what keeps it from being loaded, as far as that can be told without loading it.
  public func survey() -> [PluginState] { states { _ throws(PluginError) in } }

  /// Loads every plugin that is installed and sound.
  ///
  /// - Returns: all of them, with what kept those from being loaded that were not.
  public func load(into registry: Registry) -> [PluginState] {
    states { plugin throws(PluginError) in
      let staged = try Self.contents(
        of: plugin.libraryPath, manifest: plugin.manifest,
        crashMark: "\(plugin.folder)/\(PluginCheck.crashMark)")
      let found = staged.identifiers
      let expected = plugin.manifest.families + plugin.manifest.backbones
      guard found == expected else {
        throw .wrongContents(plugin: plugin.manifest.name, expected: expected, found: found)
      }
      try registry.adopt(staged, of: plugin.manifest, replacing: plugin.replaces)
    }
  }

  private func states(
    _ use: (CheckedPlugin) throws(PluginError) -> Void
  ) -> [PluginState] {
    let places = folders.flatMap { folder in folder.names().map { (folder, $0) } }
    guard !places.isEmpty else { return [] }
    let check: Result<PluginCheck, PluginError> = Result { () throws(PluginError) in
      PluginCheck(tool: try PluginStamp(of: .ofThisProgram()))
    }
    return places.map { folder, name in
      var state = PluginState(name: name, folder: folder.path(of: name))
      do throws(PluginError) {
        let plugin = try check.get().installed(name, in: folder)
        state.manifest = plugin.manifest
        try use(plugin)
      } catch {
        state.problem = error
        if state.manifest == nil { state.manifest = Self.manifest(in: state.folder) }
      }
      return state
    }
  }

  /// What a broken plugin says of itself, where it still does.
  private static func manifest(in folder: String) -> PluginManifest? {
    do { return try PluginManifest(in: folder) } catch { return nil }
  }

  /// Loads a library and has it register what it brings, in a registry of its own.
  ///
  /// - Parameter crashMark: a file that is made where the plugin ends the process.
  /// - Throws: ``PluginError``.
  static func contents(
    of library: String, manifest: PluginManifest, crashMark: String
  ) throws(PluginError) -> Registry {
    guard hasSharedRuntime else { throw .staticRuntime }
    let name = manifest.name
    let visit = PluginVisit(provider: manifest.provider)
    var problem: PluginError?
    CrashGuard.run(
      { problem = enter(library, visit, name) },
      saying: "latentzoo: error: \(PluginError.crashed(plugin: name))\n", marking: crashMark)
    if let problem { throw problem }
    guard visit.hasEntered else { throw .hasOwnCopy(plugin: name) }
    if let failure = visit.failure { throw .threw(plugin: name, reason: "\(failure)") }
    try visit.registry.checkConfigurations(of: name)
    return visit.registry
  }

  private static func enter(
    _ library: String, _ visit: PluginVisit, _ name: String
  ) -> PluginError? {
    guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL) else {
      let reason = dlerror().map { String(cString: $0) } ?? "the system does not say why"
      return .unloadable(plugin: name, reason: reason)
    }
    guard let symbol = dlsym(handle, PluginEntry.symbol) else {
      return .unloadable(plugin: name, reason: "it has no function \(PluginEntry.symbol)")
    }
    typealias Entry = @convention(c) (UnsafeMutableRawPointer) -> Void
    let enter = unsafeBitCast(symbol, to: Entry.self)
    withExtendedLifetime(visit) { enter(Unmanaged.passUnretained(visit).toOpaque()) }
    return nil
  }

  /// Whether this program uses the Swift runtime as a shared library, which plugins then share.
  private static var hasSharedRuntime: Bool {
    // Its size is said to be 0, so that it has to be read to its end.
    guard let file = FileHandle(forReadingAtPath: "/proc/self/maps"),
      let maps = try? file.readToEnd()
    else { return true }
    return maps.range(of: Data("libswiftCore".utf8)) != nil
  }
}

/// A plugin as it was found.
public struct PluginState: Sendable {
  /// Its name, which is that of its folder.
  public let name: String
  /// Its own folder.
  public let folder: String
  /// What it says of itself, where that can be read.
  public var manifest: PluginManifest?
  /// What keeps it from being loaded; `nil` where nothing does.
  public var problem: PluginError?
}
