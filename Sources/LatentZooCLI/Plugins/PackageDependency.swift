import Foundation
import LatentZoo

/// How a plugin's own package names LatentZoo.
struct PackageDependency {
  /// A folder or a URL.
  private let place: String

  init(_ place: String) {
    self.place = isURL(place) ? place : URL(fileURLWithPath: place).standardizedFileURL.path
  }

  /// The line of `Package.swift`.
  var declaration: String {
    isURL(place)
      ? ".package(url: \"\(place)\", from: \"\(libraryVersion)\")"
      : ".package(name: \"LatentZoo\", path: \"\(place)\")"
  }

  /// What products name it by.
  var identity: String {
    guard isURL(place) else { return "LatentZoo" }
    let last = place.split(separator: "/").last.map(String.init) ?? "LatentZoo"
    return last.hasSuffix(".git") ? String(last.dropLast(".git".count)) : last
  }

  /// The package that this command was built in: the first folder above it with one of that name.
  static var sourceOfThisCommand: String {
    var folder = URL(fileURLWithPath: ToolModules.executable)
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let manifest = folder.appendingPathComponent("Package.swift").path
      if let text = FileManager.default.contents(atPath: manifest),
        String(decoding: text, as: UTF8.self).contains("name: \"LatentZoo\"")
      {
        return folder.path
      }
    }
    return "../LatentZoo"
  }
}

private func isURL(_ place: String) -> Bool { place.contains("://") || place.hasPrefix("git@") }
