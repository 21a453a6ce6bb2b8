import Foundation

/// Where an array lies: `FILE.h5`, or `FILE.h5#/path/of/it` where a file holds several.
struct HDF5ArrayPath: Hashable {
  /// Path of the file.
  let file: String
  /// Path inside the file, `nil` where none was given.
  let dataset: String?

  /// Splits what a user wrote; a `#` that does not follow `.h5` belongs to the file's name.
  init(_ text: String) {
    guard !text.lowercased().hasSuffix(".h5"),
      let marker = text.range(of: ".h5#", options: [.backwards, .caseInsensitive])
    else {
      (file, dataset) = (text, nil)
      return
    }
    file = String(text[..<text.index(before: marker.upperBound)])
    dataset = String(text[marker.upperBound...])
  }
}
