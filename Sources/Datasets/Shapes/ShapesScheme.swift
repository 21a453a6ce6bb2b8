import Tensors

extension DataScheme {
  /// `shapes`.
  static let shapes = DataScheme(
    name: "shapes", argument: nil,
    summary: "generated squares, ellipses and hearts with known place, size, rotation and colour",
    options: [
      Option(name: "size", usual: "64x64", summary: "height×width in pixels, such as 32x32"),
      Option(
        name: "count", usual: "8000", summary: "images to train on; an eighth more to test on"),
      Option(name: "channels", usual: "3", summary: "1 for white figures, 3 for coloured ones"),
      Option(name: "seed", usual: "1", summary: "decides which combinations of factors are drawn"),
    ]
  ) { _, options throws(DatasetError) in try ShapesReader(options: options).open() }
}

/// Makes the generated images.
struct ShapesReader {
  let options: DataOptions

  /// Draws as many different combinations of factors as are asked for, none of them twice and none in both
  /// parts.
  ///
  /// - Throws: ``DatasetError/badOption(option:found:requirement:)``.
  func open() throws(DatasetError) -> DataParts {
    let size = try PixelSize(parsing: options["size"] ?? "64x64")
    guard min(size.height, size.width) >= 16 else {
      throw .badOption(
        option: "size", found: "\(size)", requirement: "has at least 16 pixels along both axes here"
      )
    }
    let count = try options.number(named: "count", in: 1...500_000) ?? 8000
    let channels = try options.number(named: "channels", allowed: [1, 3]) ?? 3
    let seed = try options.number(named: "seed", in: 0...Int(Int32.max)) ?? 1
    let total = FigureFactors.count(ofColours: channels == 1 ? 1 : FigureFactors.colours.count)
    var random = RandomSource(seed: UInt64(seed)).forked("shapes")
    var seen: Set<Int> = []
    var drawn: [FigureFactors] = []
    while drawn.count < count + (count + 7) / 8 {
      let index = Int.random(in: 0..<total, using: &random)
      if seen.insert(index).inserted { drawn.append(FigureFactors(index: index)) }
    }
    var traits = DatasetTraits()
    traits.options = [
      "size": "\(size)", "count": "\(count)", "channels": "\(channels)", "seed": "\(seed)",
    ]
    let part = { (factors: ArraySlice<FigureFactors>) throws(DatasetError) in
      try Self.dataset(Array(factors), size, channels, traits)
    }
    return DataParts(train: try part(drawn[..<count]), test: try part(drawn[count...]))
  }

  private static func dataset(
    _ factors: [FigureFactors], _ size: PixelSize, _ channels: Int, _ traits: DatasetTraits
  ) throws(DatasetError) -> Dataset {
    var traits = traits
    traits.factors = DatasetTraits.Factors(
      names: FigureFactors.names,
      values: NDArray(
        factors.flatMap(\.values), shape: [factors.count, FigureFactors.names.count]))
    return try Dataset(
      name: "shapes", shape: DataShape([channels, size.height, size.width]),
      streaming: ShapesSource(factors: factors, size: size, channels: channels),
      residentLimit: InputLimit.residentBytes, labels: factors.map(\.figure),
      labelNames: Figure.allCases.map(\.name), traits: traits,
      origin: DataOrigin(
        source: "shapes", licence: "CC0-1.0 (generated)",
        citation: "after Matthey, Higgins, Hassabis and Lerchner 2017, dSprites",
        url: "https://github.com/google-deepmind/dsprites-dataset"),
      path: "shapes")
  }
}
