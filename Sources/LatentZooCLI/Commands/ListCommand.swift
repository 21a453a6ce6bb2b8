import ArgumentParser
import Foundation
import LatentZoo

/// `latentzoo list`: the models of the zoo, or the architectures there are.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List models, or the families they belong to.",
    discussion: """
      A PATTERN may have * for any letters and ? for one. Files in the zoo that are
      no models are named in a note.

      EXAMPLES:
        latentzoo list
        latentzoo list 'vae-*' --sort loss
        latentzoo list --family ae --json
        latentzoo list --families
      """)

  @Argument(help: "Names or patterns; all models unless given.")
  var patterns: [String] = []

  @Option(help: ArgumentHelp("Only models of this family.", valueName: "name"))
  var family: String?

  @Option(help: ArgumentHelp("Order of the models.", valueName: "key"))
  var sort = SortKey.name

  @Flag(help: "List families, presets and backbones, with their settings and defaults.")
  var families = false

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var output: OutputOptions

  /// What models are put in order by.
  enum SortKey: String, CaseIterable, ExpressibleByArgument {
    case name, date, size, loss
  }

  func validate() throws {
    if families, !patterns.isEmpty || family != nil {
      throw ValidationError("--families takes no PATTERN and no --family")
    }
  }

  func run() throws {
    if families {
      let report = try FamilyList(try zoo.registry(telling: output.console))
      if output.json {
        try output.console.print(json: report)
      } else {
        try output.console.print(report.text)
      }
      return
    }
    let listing = try zoo.existingZoo().listing { name in
      patterns.isEmpty || patterns.contains { Wildcard($0).matches(name) }
    }
    let rows = listing.items.map(ModelRow.init)
      .filter { family == nil || $0.family == family }
      .sorted { sort.precedes($0, $1) }
    let report = ModelList(models: rows, unreadable: listing.unreadable)
    if output.json {
      try output.console.print(json: report)
    } else {
      if !rows.isEmpty { try output.console.print(report.text) }
      comment(on: report)
    }
  }

  private func comment(on report: ModelList) {
    let console = output.console
    for file in report.unreadable {
      console.note("\(file.path) is left out: \(file.reason)")
    }
    guard report.models.isEmpty else { return }
    if patterns.isEmpty && family == nil {
      console.message("there are no models yet; latentzoo train vae --data digits makes one")
    } else {
      console.message("no model fits; latentzoo list\(zoo.text) shows all")
    }
  }
}

extension ListCommand.SortKey {
  /// Whether one model comes before another: names A to Z, newest, largest and best first.
  fileprivate func precedes(_ first: ModelRow, _ second: ModelRow) -> Bool {
    switch self {
    case .name: break
    case .date where first.createdAt != second.createdAt:
      return first.createdAt > second.createdAt
    case .size where first.fileSize != second.fileSize: return first.fileSize > second.fileSize
    case .loss where first.loss != second.loss:
      return (first.loss ?? .infinity) < (second.loss ?? .infinity)
    default: break
    }
    return first.name < second.name
  }
}

/// A name with `*` for any letters and `?` for one.
struct Wildcard {
  private let pattern: String

  init(_ pattern: String) { self.pattern = pattern }

  /// Whether a name fits.
  func matches(_ name: String) -> Bool { fnmatch(pattern, name, 0) == 0 }
}
