/// What batches carry beside their examples.
public struct BatchContents: OptionSet, Hashable, Sendable {
  public let rawValue: Int

  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The class of each example.
  public static let labels = BatchContents(rawValue: 1)
  /// The examples before and after each in its document, such as the sentences around a sentence.
  public static let neighbours = BatchContents(rawValue: 2)
  /// As many examples again, drawn from those whose class is known, with their classes.
  public static let labelledExamples = BatchContents(rawValue: 4)
}

/// The buffers of a batch, one for each thing it carries.
struct BatchLayout: Hashable, Sendable {
  let contents: BatchContents
  /// Numbers in an example.
  let size: Int
  /// Examples in a full batch.
  let batchSize: Int

  /// Floats in each buffer: examples, labels, previous and next examples, labelled examples and their labels.
  var bufferSizes: [Int] {
    let examples = batchSize * size
    var sizes = [examples]
    if contents.contains(.labels) { sizes.append(batchSize) }
    if contents.contains(.neighbours) { sizes += [examples, examples] }
    if contents.contains(.labelledExamples) { sizes += [examples, batchSize] }
    return sizes
  }
}
