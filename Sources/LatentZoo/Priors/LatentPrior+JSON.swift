import Foundation

extension LatentPrior {
  /// What kind of distribution it is; the raw value is its name in JSON.
  public enum Kind: String, Choice {
    /// ``LatentPrior/standardNormal``
    case standardNormal
    /// ``LatentPrior/uniform(radius:)``
    case uniform
    /// ``LatentPrior/gaussianMixture(_:)``
    case gaussianMixture
    /// ``LatentPrior/swissRoll(_:)``
    case swissRoll
    /// ``LatentPrior/fitted``
    case fitted
    /// ``LatentPrior/labelled(classCount:style:)``
    case labelled
  }

  /// Which kind it is.
  public var kind: Kind {
    switch self {
    case .standardNormal: .standardNormal
    case .uniform: .uniform
    case .gaussianMixture: .gaussianMixture
    case .swissRoll: .swissRoll
    case .fitted: .fitted
    case .labelled: .labelled
    }
  }

  /// A prior of a kind, with the defaults overlaid by given settings.
  ///
  /// - Throws: ``ConfigurationError``.
  public init(_ kind: Kind, settings: [String: JSONValue] = [:]) throws {
    func read<Settings: ModelConfiguration>(_: Settings.Type) throws -> Settings {
      try Settings(overlaying: settings, owner: "the \(kind.rawValue) prior")
    }
    switch kind {
    case .standardNormal:
      _ = try read(NoSettings.self)
      self = .standardNormal
    case .fitted:
      _ = try read(NoSettings.self)
      self = .fitted
    case .uniform: self = .uniform(radius: try read(UniformSettings.self).radius)
    case .gaussianMixture: self = .gaussianMixture(try read(PetalMixture.self))
    case .swissRoll: self = .swissRoll(try read(SwissRoll.self))
    case .labelled:
      let settings = try read(LabelledSettings.self)
      self = .labelled(classCount: settings.classCount, style: settings.style)
    }
  }

  /// Reads what a user types: `gaussianMixture`, or `{"kind": "uniform", "radius": 2}`.
  ///
  /// - Throws: ``ConfigurationError``.
  public init(parsing text: String) throws {
    let value = try Setting(parsing: "prior=\(text)").value
    do {
      self = try JSONDecoder().decode(Self.self, from: try JSONEncoder().encode(value))
    } catch is UnknownChoice, is DecodingError {
      throw ConfigurationError.unknownChoice(
        key: "prior", found: text, known: Kind.allCases.map(\.rawValue))
    }
  }

  /// The settings of the kind.
  private var settings: any ModelConfiguration {
    switch self {
    case .standardNormal, .fitted: NoSettings()
    case .uniform(let radius): UniformSettings(radius: radius)
    case .gaussianMixture(let mixture): mixture
    case .swissRoll(let roll): roll
    case .labelled(let classCount, let style):
      LabelledSettings(classCount: classCount, style: style)
    }
  }
}

extension LatentPrior: Codable {
  /// Reads an object with `kind` and settings, or the kind alone as a word.
  ///
  /// - Throws: `UnknownChoice`, ``ConfigurationError`` or `DecodingError`.
  public init(from decoder: any Decoder) throws {
    guard case .object(var fields) = try JSONValue(from: decoder) else {
      try self.init(try Kind(from: decoder))
      return
    }
    let kind = try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .kind)
    fields[Key.kind.rawValue] = nil
    try self.init(kind, settings: fields)
  }

  /// Writes the kind as a word where it has no settings, otherwise an object with all of them.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var fields = try settings.json.fields
    guard !fields.isEmpty else { return try kind.encode(to: encoder) }
    fields[Key.kind.rawValue] = .string(kind.rawValue)
    try fields.encode(to: encoder)
  }

  private enum Key: String, CodingKey { case kind }
}

extension LatentPrior: SettingValue {
  /// The kinds, although a prior may also be an object with settings of its own.
  public static var settingType: SettingType { .choice(Kind.allCases.map(\.rawValue)) }
}

private struct NoSettings: ModelConfiguration {}

/// The settings of ``LatentPrior/uniform(radius:)``.
struct UniformSettings: ModelConfiguration {
  var radius = 1.0

  init() {}
  init(radius: Double) { self.radius = radius }

  func validate() throws {
    try require("radius", radius > 0 && radius <= 1e6, "lies above 0 and at most at 1e6")
  }
}

/// The settings of ``LatentPrior/labelled(classCount:style:)``.
private struct LabelledSettings: ModelConfiguration {
  var classCount = 10
  var style = LatentPrior.standardNormal

  init() {}
  init(classCount: Int, style: LatentPrior) { (self.classCount, self.style) = (classCount, style) }

  func validate() throws {
    try require("classCount", classCount > 0, "must be at least 1")
  }
}
