import Foundation
import LatentZoo

/// The files an export makes.
struct ExportPlan {
  /// A file and what goes there.
  struct File {
    /// The networks in it; none where it holds nothing but weights.
    let parts: [NetworkPart]
    let path: String
  }

  let files: [File]

  /// Decides on files, and makes the folder they go to.
  ///
  /// - Parameters:
  ///   - exporter: the model.
  ///   - format: of the files.
  ///   - part: one network only; `nil` for all.
  ///   - out: a file or a folder; `nil` for the current folder, or that of the checkpoint.
  ///   - isBesideCheckpoint: whether files go to the checkpoint's folder unless told otherwise.
  /// - Throws: ``UseError``, `ZooError.badName` where the recorded name is none, or what the system says.
  init(
    _ exporter: ModelExporter, as format: ExportFormat, part: NetworkPart?, to out: String?,
    isBesideCheckpoint: Bool
  ) throws {
    let contents = format.contents(part.map { [$0] } ?? exporter.parts)
    let own = (exporter.path as NSString).deletingLastPathComponent
    let target = out ?? (isBesideCheckpoint && !own.isEmpty ? own : ".")
    let isFile =
      out != nil && !Self.isFolder(target) && format.endings.contains(where: target.hasSuffix)
    if isFile {
      guard contents.count == 1 else {
        throw UseError.severalFiles(path: target, parts: contents.joined().map(\.rawValue))
      }
      files = [File(parts: contents[0], path: target)]
      return
    }
    if out != nil, !Self.isFolder(target), !target.hasSuffix("/"),
      !(target as NSString).pathExtension.isEmpty
    {
      throw UseError.wrongEnding(path: target, expected: format.endings[0])
    }
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    let name = try ModelName(exporter.record.name)
    files = contents.map { parts in
      let suffix = parts.count == 1 ? ".\(parts[0].rawValue)" : ""
      let file = "\(name)\(suffix)\(format.endings[0])"
      return File(parts: parts, path: (target as NSString).appendingPathComponent(file))
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// Checks, before anything is written, that no file is lost.
  ///
  /// - Returns: whether there are files in the way that will be replaced.
  /// - Throws: ``UseError/fileExists(path:)`` or `DataFileError.replacesModel`.
  func checkFiles(mayReplace: Bool) throws -> Bool {
    let present = files.map(\.path).filter(FileManager.default.fileExists(atPath:))
    for path in present {
      guard mayReplace else { throw UseError.fileExists(path: path) }
      if Checkpoint.isCheckpoint(at: path) { throw DataFileError.replacesModel(path: path) }
    }
    return !present.isEmpty
  }
}

extension ExportFormat {
  /// The networks of each file.
  fileprivate func contents(_ parts: [NetworkPart]) -> [[NetworkPart]] {
    switch self {
    case .onnx: parts.map { [$0] }
    case .safetensors: [[]]
    case .keras: [parts.filter { $0 != .labelledEncoder || parts.count == 1 }]
    }
  }
}
