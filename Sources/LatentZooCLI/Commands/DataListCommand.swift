import ArgumentParser
import LatentZoo

/// `latentzoo data list`: the kinds of data source and their options.
struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the kinds of data source with their options.",
    discussion: """
      An option is given as --data-option key=value wherever data is named. A model
      remembers those that belong to it, such as the size of its images.

      EXAMPLES:
        latentzoo data list
        latentzoo data list --json
      """)

  @OptionGroup var output: OutputOptions

  func run() throws {
    let report = DataSourceList(DataSource.schemes)
    if output.json {
      try output.console.print(json: report)
    } else {
      try output.console.print(report.text)
    }
  }
}

/// What `latentzoo data list` reports.
struct DataSourceList: Encodable {
  /// A kind of source.
  struct Source: Encodable {
    let name: String
    let usage: String
    let summary: String
    let options: [Option]
  }

  /// Something that can be asked of a source.
  struct Option: Encodable {
    let name: String
    let usual: String
    let summary: String

    init(_ option: DataScheme.Option) {
      (name, usual, summary) = (option.name, option.usual, option.summary)
    }
  }

  let sources: [Source]
  /// What can be asked of every source.
  let commonOptions: [Option]

  init(_ schemes: [DataScheme]) {
    sources = schemes.map { scheme in
      Source(
        name: scheme.name, usage: scheme.usage, summary: scheme.summary,
        options: scheme.options.map(Option.init))
    }
    commonOptions = DataSource.commonOptions.map(Option.init)
  }

  /// Sources with their options below them.
  var text: String {
    let listed = sources.map {
      Self.text("\($0.usage)\n  \($0.summary)", $0.options)
    }
    return (listed + [Self.text("every source", commonOptions)]).joined(separator: "\n\n")
  }

  private static func text(_ heading: String, _ options: [Option]) -> String {
    var table = TextTable([.text(""), .text(""), .text("")], hasTitles: false)
    for option in options {
      table.add([option.name, option.summary, "(default: \(option.usual))"])
    }
    return table.isEmpty ? heading : heading + "\n" + table.text(indent: 4)
  }
}
