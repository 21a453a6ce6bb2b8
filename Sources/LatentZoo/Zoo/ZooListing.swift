import Foundation

/// The models of a zoo with what their files say about them.
public struct ZooListing: Sendable {
  /// A model that can be listed.
  public struct Item: Sendable {
    /// Where it is.
    public let entry: Zoo.Entry
    /// What its record says in short.
    public let summary: ModelSummary
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
  /// Reads the record of every model, several at once, and no weights; files that are no models are told apart.
  ///
  /// - Parameter isIncluded: which names to read.
  /// - Throws: ``ZooError/folderUnusable(path:reason:)``.
  public func listing(where isIncluded: (String) -> Bool = { _ in true }) throws -> ZooListing {
    let entries = try entries().filter { isIncluded($0.name) }
    let costs = Array(repeating: Self.listingCost, count: entries.count)
    let outcomes = try Concurrently.map(entries, costs: costs) { entry in
      Result { try Checkpoint.readSummary(at: entry.path) }
    }
    var items: [ZooListing.Item] = []
    var unreadable: [ZooListing.Unreadable] = []
    for (entry, outcome) in zip(entries, outcomes) {
      switch outcome {
      case .success(let (summary, fileSize)):
        items.append(ZooListing.Item(entry: entry, summary: summary, fileSize: fileSize))
      case .failure(let error):
        unreadable.append(ZooListing.Unreadable(path: entry.path, reason: "\(error)"))
      }
    }
    return ZooListing(items: items, unreadable: unreadable)
  }

  /// What reading one record costs, as bytes: a thread is worth its while for eight of them.
  private static let listingCost = 128 << 10
}
