/// Names of classes, and their numbers.
struct ClassNames: Hashable, Sendable {
  /// The names in the order of their numbers.
  let names: [String]
  private let numbers: [String: Int]

  /// Gives numbers to names.
  ///
  /// - Parameters:
  ///   - found: the names in the data, in any order, with repeats.
  ///   - known: the names of a model that the data is meant for. Where the data has one of them, they
  ///     are taken as they are, and the class of all others counts as unknown; otherwise, and where there
  ///     are none, the data's own names are sorted, numbers by value.
  init(of found: some Sequence<String>, known: [String] = []) {
    let distinct = Set(found)
    names = known.contains(where: distinct.contains) ? known : Self.sorted(distinct)
    numbers = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The number of a class, ``Dataset/unknownLabel`` where the name is none of these.
  func label(_ name: String) -> Int { numbers[name] ?? Dataset.unknownLabel }

  private static func sorted(_ names: Set<String>) -> [String] {
    let values = names.compactMap { name in Double(name).map { (name: name, value: $0) } }
    guard values.count == names.count else { return names.sorted() }
    return values.sorted { ($0.value, $0.name) < ($1.value, $1.name) }.map(\.name)
  }
}
