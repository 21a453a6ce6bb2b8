import Tensors
import Testing

@testable import Datasets

@Suite struct ShapesTests {
  private func open(_ values: [String: String]) throws(DatasetError) -> DataParts {
    try DataSource(parsing: "shapes").open(DataOptions(values: values))
  }

  @Test func imagesAndFactorsAreThoseOfTheSeed() throws {
    let first = try open(["count": "40"])
    let again = try open(["count": "40", "seed": "1"])
    let other = try open(["count": "40", "seed": "2"])
    #expect(first.train.shape == DataShape([3, 64, 64]))
    #expect(first.train.count == 40 && first.test?.count == 5)
    #expect(first.train.provenance == again.train.provenance)
    #expect(first.train.factors == again.train.factors)
    #expect(first.train.provenance != other.train.provenance)
  }

  @Test func labelsAndFactorsSayWhatIsDrawn() throws {
    let data = try open(["count": "60", "size": "32x48"]).train
    #expect(data.labelNames == ["square", "ellipse", "heart"])
    #expect(data.factorNames == ["shape", "scale", "rotation", "x", "y", "colour"])
    let factors = try #require(data.factors)
    #expect(factors.shape == [60, 6])
    for example in 0..<60 {
      let row = factors.rows(example..<example + 1).scalars
      #expect(data.labels?[example] == Int(row[0]))
      #expect((0.5...1).contains(row[1]) && (0..<2 * Float.pi).contains(row[2]))
      #expect((0...1).contains(row[3]) && (0...1).contains(row[4]) && (0..<6).contains(row[5]))
    }
  }

  /// The middle and the area of what is drawn follow from the factors.
  @Test(arguments: ["64x64", "32x48"])
  func figuresLieWhereTheirFactorsSay(size: String) throws {
    let data = try open(["count": "200", "size": size, "channels": "1"]).train
    let (height, width) = (data.shape.dimensions[1], data.shape.dimensions[2])
    let images = try data.examples(0..<200)
    let factors = try #require(data.factors)
    let side = Double(min(height, width))
    let margin = side * 0.17 * 2.0.squareRoot() + 1
    for example in 0..<200 where data.labels?[example] != 2 {
      let row = factors.rows(example..<example + 1).scalars.map(Double.init)
      let pixels = images.rows(example..<example + 1).scalars.map(Double.init)
      let area = pixels.reduce(0, +)
      let unit = side * 0.17 * row[1]
      let expected = row[0] == 0 ? 4 * unit * unit : Double.pi * 1.2 * 0.72 * unit * unit
      #expect(abs(area / expected - 1) < 0.06, "area \(area), expected \(expected)")
      let sumX = pixels.enumerated().reduce(0) {
        $0 + $1.element * (Double($1.offset % width) + 0.5)
      }
      let sumY = pixels.enumerated().reduce(0) {
        $0 + $1.element * (Double($1.offset / width) + 0.5)
      }
      #expect(abs(sumX / area - (margin + row[3] * (Double(width) - 2 * margin))) < 0.2)
      #expect(abs(sumY / area - (margin + row[4] * (Double(height) - 2 * margin))) < 0.2)
    }
  }

  @Test func noCombinationIsDrawnTwice() throws {
    let parts = try open(["count": "2000", "size": "16", "channels": "1"])
    let rows = [parts.train, parts.test].compactMap { $0?.factors }.flatMap { factors in
      (0..<factors.shape[0]).map { factors.rows($0..<$0 + 1).scalars }
    }
    #expect(Set(rows).count == 2250)
  }

  @Test func everyNumberOfTheGridIsAnotherCombination() {
    #expect(FigureFactors.count(ofColours: 1) == 737_280)
    let sample = stride(from: 0, to: FigureFactors.count(ofColours: 6), by: 997).map(
      FigureFactors.init)
    #expect(Set(sample).count == sample.count)
    #expect(sample.allSatisfy { $0.colour < 6 })
  }

  @Test func partsOfTheDataKeepTheirFactors() throws {
    let data = try open(["count": "10", "size": "16"]).train
    let all = try #require(data.factors)
    #expect(try data.prefix(3).factors == all.rows(0..<3))
    #expect(try data.subset([7, 2]).factors?.rows(0..<1) == all.rows(7..<8))
  }

  @Test(arguments: [
    ("count", "0"), ("size", "8"), ("channels", "2"), ("seed", "-1"), ("size", "big"),
  ])
  func optionsThatMeanNothingAreRefused(name: String, value: String) {
    do {
      _ = try open([name: value])
      Issue.record("opened")
    } catch {
      #expect(error.description.hasPrefix("the data option '\(name)' "))
    }
  }
}
