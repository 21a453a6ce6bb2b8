import Foundation
import LatentZoo

/// What was exported where.
struct ExportReport: Encodable {
  /// A file that was written.
  struct File: Encodable {
    let path: String
    /// The networks in it; none where it holds nothing but weights.
    let parts: [NetworkPart]
    let bytes: Int
  }

  let model: String
  let format: String
  let files: [File]
  /// Whether there were files of these names.
  let replaced: Bool

  init(
    _ exporter: ModelExporter, _ plan: ExportPlan, _ format: ExportFormat, replaced: Bool
  ) throws {
    model = exporter.record.name
    self.format = format.rawValue
    self.replaced = replaced
    files = try plan.files.map { file in
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      return File(
        path: file.path, parts: file.parts,
        bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0)
    }
  }

  /// The report for people.
  var text: String {
    files.map { file in
      let what = file.parts.count == 1 ? "the \(file.parts[0].rawValue) of \(model)" : model
      return "wrote \(what) to \(file.path), \(NumberText.bytes(file.bytes))"
        + (replaced ? ", in place of the former file" : "")
    }.joined(separator: "\n")
  }
}
