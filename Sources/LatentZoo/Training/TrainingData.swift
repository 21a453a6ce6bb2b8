/// What a training works on.
public struct TrainingData: Sendable {
  /// Where the examples come from.
  public let dataset: Dataset
  /// Which of them are trained on; `nil` for all.
  public let indices: [Int]?
  /// Examples held back to watch the training by: a data set and which of it, `nil` for all.
  public let validation: (dataset: Dataset, indices: [Int]?)?

  /// Names the examples.
  public init(
    _ dataset: Dataset, indices: [Int]? = nil,
    validation: (dataset: Dataset, indices: [Int]?)? = nil
  ) {
    self.dataset = dataset
    self.indices = indices
    self.validation = validation
  }

  /// The same without the examples that lack neighbours, where those are asked for.
  func forSteps(contents: BatchContents) -> TrainingData {
    guard contents.contains(.neighbours) else { return self }
    return TrainingData(
      dataset, indices: dataset.between(indices),
      validation: validation.map { ($0.dataset, $0.dataset.between($0.indices)) })
  }

  /// Number of examples trained on.
  public var count: Int { indices?.count ?? dataset.count }

  /// At most `limit` of the examples trained on, evenly spread.
  func spread(atMost limit: Int) -> [Int] {
    let chosen = min(count, limit)
    return (0..<chosen).map { place in
      let position = place * count / chosen
      return indices?[position] ?? position
    }
  }
}

extension Dataset {
  /// Those of some examples, or of all, that have neighbours.
  func between(_ indices: [Int]?) -> [Int] {
    guard let indices else { return examplesBetweenNeighbours }
    let allowed = Set(examplesBetweenNeighbours)
    return indices.filter(allowed.contains)
  }
}
