extension ModelFamily {
  /// Checks that data has what the objectives look at, and whatever else the family demands.
  ///
  /// - Throws: ``ModelError/dataDoesNotFit(family:reason:)``.
  func check(_ data: Dataset) throws {
    func refuse(_ reason: String) -> ModelError {
      .dataDoesNotFit(family: Self.card.identifier, reason: reason)
    }
    if data.signature.isTokens, !Self.takesTokens {
      throw refuse("it takes numbers, and \(data.name) is text; seq-ae and skip-thought take text")
    }
    if !batchContents.isDisjoint(with: [.labels, .labelledExamples]) {
      guard let labels = data.labels else {
        throw refuse("it needs the class of each example, and \(data.name) has no labels")
      }
      guard labels.contains(where: { $0 >= 0 }) else {
        throw refuse("all labels of \(data.name) are hidden; keep some with --labels")
      }
    }
    if batchContents.contains(.neighbours), data.examplesBetweenNeighbours.isEmpty {
      throw refuse(
        data.documents.isEmpty
          ? "it needs examples in their order, such as the sentences of text:FILE"
          : "\(data.name) has no three examples in a row")
    }
    try validate(data)
  }

  /// Whether data has the neighbours that the objectives look at, if they look at any.
  func findsNeighbours(in data: Dataset) -> Bool {
    !batchContents.contains(.neighbours) || !data.examplesBetweenNeighbours.isEmpty
  }
}

extension ModelFamily {
  /// Checks that a family that has no networks was not given any.
  ///
  /// - Throws: ``ModelError/backboneNotUsed(family:backbone:)``.
  public static func requireLinear(_ backbone: any Backbone) throws(ModelError) {
    let identifier = type(of: backbone).card.identifier
    guard identifier == defaultBackbone else {
      throw .backboneNotUsed(family: card.identifier, backbone: identifier)
    }
  }
}
