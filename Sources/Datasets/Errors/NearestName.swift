/// Finds what somebody may have meant.
package enum NearestName {
  /// The candidate that takes the fewest edits to reach, `nil` where none is near.
  ///
  /// Near means at most a third of the word's letters, and at least one, are wrong.
  package static func of(_ word: String, among candidates: [String]) -> String? {
    let word = word.lowercased()
    let limit = max(1, word.count / 3)
    let ranked = candidates.map { (name: $0, edits: distance(word, $0.lowercased())) }
    guard let best = ranked.min(by: { $0.edits < $1.edits }), best.edits <= limit else {
      return nil
    }
    return best.name
  }

  /// Number of letters to insert, remove, replace or swap with the next one (optimal string alignment).
  static func distance(_ first: String, _ second: String) -> Int {
    let a = Array(first)
    let b = Array(second)
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var rows = [Array(0...b.count)]
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        let replaced = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        var edits = min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          edits = min(edits, rows[i - 2][j - 2] + 1)
        }
        row.append(edits)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
