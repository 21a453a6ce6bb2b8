/// Wrong usage that only shows once files were looked at; status 64.
struct UsageError: Error, Hashable, CustomStringConvertible {
  /// One sentence with a way out.
  let description: String
}
