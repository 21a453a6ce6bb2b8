import Foundation

/// What a generated image is made of: one value of each factor, by its number on the factor's grid.
///
/// The grid is that of dSprites (Matthey, Higgins, Hassabis and Lerchner 2017,
/// https://github.com/google-deepmind/dsprites-dataset), with colours.
struct FigureFactors: Hashable, Sendable {
  let figure: Int
  let scale: Int
  let rotation: Int
  let x: Int
  let y: Int
  let colour: Int

  /// Names of the factors, in the order of ``values``.
  static let names = ["shape", "scale", "rotation", "x", "y", "colour"]
  /// The colours; grey images have the first alone, drawn white.
  static let colours: [(red: UInt8, green: UInt8, blue: UInt8)] = [
    (230, 57, 70), (244, 162, 97), (233, 216, 66), (82, 183, 88), (58, 134, 255), (155, 93, 229),
  ]

  private static let (scales, rotations, positions) = (6, 40, 32)

  /// The combination of a number in `0..<count(ofColours:)`, each of which is another.
  init(index: Int) {
    var rest = index
    func digit(_ base: Int) -> Int {
      defer { rest /= base }
      return rest % base
    }
    figure = digit(Figure.allCases.count)
    scale = digit(Self.scales)
    rotation = digit(Self.rotations)
    x = digit(Self.positions)
    y = digit(Self.positions)
    colour = rest
  }

  /// Number of combinations.
  static func count(ofColours colours: Int) -> Int {
    Figure.allCases.count * scales * rotations * positions * positions * colours
  }

  /// The factors as numbers: number of the shape, scale 0.5…1, rotation in radians `0..<2π` against the
  /// clock, place of the middle 0…1 from the left and from the top, number of the colour.
  var values: [Float] {
    [
      Float(figure), Float(relativeScale), Float(angle), Float(horizontal), Float(vertical),
      Float(colour),
    ]
  }

  /// Size, 0.5 to 1.
  var relativeScale: Double { 0.5 + 0.5 * Double(scale) / Double(Self.scales - 1) }
  /// Rotation against the clock, `0..<2π`.
  var angle: Double { 2 * Double.pi * Double(rotation) / Double(Self.rotations) }
  /// Place from the left, 0 to 1.
  var horizontal: Double { Double(x) / Double(Self.positions - 1) }
  /// Place from the top, 0 to 1.
  var vertical: Double { Double(y) / Double(Self.positions - 1) }
}
