import Foundation

/// The models of a zoo with what their files say about them.
public struct ZooListing: Sendable {
  /// A model that can be listed.
  public struct Item: Sendable {
    /// Where it is.
    public let entry: Zoo.Entry
    /// What is known about it.
    public let record: ModelRecord
    /// Size of its file, bytes.
    public let fileSize: Int
  }

  /// A file that is no model or a damaged one.
  public struct Unreadable: Hashable, Codable, Sendable {
    /// The file.
    public let path: String
    /// What is wrong with it.
    public let reason: String
  }

  /// The models, by name.
  public let items: [Item]
  /// The files that could not be read, by name.
  public let unreadable: [Unreadable]
}

extension Zoo {
  /// Reads the record of every model, and no weights; files that are no models are told apart.
  ///
  /// - Parameter isIncluded: which names to read.
  /// - Throws: ``ZooError/folderUnusable(path:reason:)``.
  public func listing(where isIncluded: (String) -> Bool = { _ in true }) throws -> ZooListing {
    var items: [ZooListing.Item] = []
    var unreadable: [ZooListing.Unreadable] = []
    for entry in try entries() where isIncluded(entry.name) {
      do {
        let record = try Checkpoint.readRecord(at: entry.path)
        let attributes = try FileManager.default.attributesOfItem(atPath: entry.path)
        items.append(
          ZooListing.Item(
            entry: entry, record: record,
            fileSize: (attributes[.size] as? NSNumber)?.intValue ?? 0))
      } catch {
        unreadable.append(ZooListing.Unreadable(path: entry.path, reason: "\(error)"))
      }
    }
    return ZooListing(items: items, unreadable: unreadable)
  }
}
