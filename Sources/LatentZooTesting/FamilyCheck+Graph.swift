import LatentZoo
import Testing

extension FamilyCheck {
  /// A reader that does not know the family gets the same numbers from the graph in the file.
  func graphGivesTheSame() throws {
    let (_, model) = try makeTrained()
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.h5"
      try Checkpoint.write(model, to: path)
      let stranger = try Checkpoint.read(at: path, registry: Registry())
      #expect(stranger.graph.untraceable.isEmpty, sourceLocation: location)
      #expect(stranger.family == nil, sourceLocation: location)
      let x = try data.examples(Array(0..<3))
      let labels = data.labels.map { Array($0.prefix(3)) }
      let codes = try model.encode(x, labels: labels)
      try expectClose(try stranger.encode(x, labels: labels), codes, location)
      guard model.hasDecoder else { return }
      let rebuilt = try stranger.decode(codes)
      let draws = stranger.graph.functions[ModelGraph.decoder]?.nodes.contains {
        $0.op.hasPrefix("Random")
      }
      if draws == true { return }
      try expectClose(rebuilt, try model.decode(codes), location)
    }
  }

  /// Every parameter is read by some function of the graph, and every function runs.
  func graphTellsEveryNetwork() throws {
    let (_, model) = try makeTrained()
    let functions = model.graph.functions
    let read = Set(functions.values.flatMap(\.weights).map(\.name))
    let unread = Set(model.namedParameters.map(\.path)).subtracting(read)
    #expect(unread == statistics, "no function reads these", sourceLocation: location)
    let x = try data.examples([0, 1])
    let labels = data.labels.map { NDArray($0.prefix(2).map { Float($0) }, shape: [2]) }
    for (name, function) in functions {
      let inputs = function.sampleInputs(examples: x, labels: labels)
      let results = try model.run(name, on: inputs)
      #expect(results.count == function.outputs.count, sourceLocation: location)
      for (output, array) in results {
        let isGood = array.shape[0] == 2 && array.scalars.allSatisfy(\.isFinite)
        #expect(isGood, "\(output) of \(name)", sourceLocation: location)
      }
    }
  }
}

/// Within 1e-5 of the greatest magnitude.
private func expectClose(
  _ found: NDArray, _ expected: NDArray, _ location: SourceLocation
) throws {
  #expect(found.shape == expected.shape, sourceLocation: location)
  let scale = expected.scalars.reduce(0) { max($0, abs($1)) }
  let distance = zip(found.scalars, expected.scalars).reduce(0) { max($0, abs($1.0 - $1.1)) }
  #expect(distance <= 1e-5 * max(scale, 1e-6), sourceLocation: location)
}
