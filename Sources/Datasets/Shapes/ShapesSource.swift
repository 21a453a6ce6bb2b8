import Foundation

/// Images of one figure each on black, drawn whenever they are wanted.
struct ShapesSource: ExampleSource {
  let factors: [FigureFactors]
  let size: PixelSize
  /// 1 for white figures, 3 for coloured ones.
  let channels: Int

  var count: Int { factors.count }
  var byteDivisor: Float? { 255 }

  /// The largest figure's size, as a share of the shorter side of the image.
  private static let greatest = 0.17

  func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError) {
    let plane = size.height * size.width
    for (place, row) in rows.enumerated() {
      let example = UnsafeMutableBufferPointer(
        rebasing: target[place * channels * plane..<(place + 1) * channels * plane])
      example.update(repeating: 0)
      draw(factors[row], into: example)
    }
  }

  /// Draws a figure; a pixel on its edge is as bright as the share of it that the figure covers, about.
  private func draw(_ factors: FigureFactors, into target: UnsafeMutableBufferPointer<Float>) {
    let side = Double(min(size.height, size.width))
    let unit = side * Self.greatest * factors.relativeScale
    // Figures of all sizes move in the same field, so that the place says nothing about the size.
    let margin = side * Self.greatest * Figure.reach + 1
    let middleX = margin + factors.horizontal * (Double(size.width) - 2 * margin)
    let middleY = margin + factors.vertical * (Double(size.height) - 2 * margin)
    let reach = unit * Figure.reach + 1
    let (cosine, sine) = (cos(factors.angle), sin(factors.angle))
    let figure = Figure.allCases[factors.figure]
    let colour = FigureFactors.colours[factors.colour]
    let shades = channels == 1 ? [UInt8.max] : [colour.red, colour.green, colour.blue]
    for row in pixels(middleY, reach, size.height) {
      for column in pixels(middleX, reach, size.width) {
        let (right, up) = (Double(column) + 0.5 - middleX, middleY - Double(row) - 0.5)
        let distance =
          unit
          * figure.distance(
            x: (right * cosine + up * sine) / unit, y: (up * cosine - right * sine) / unit)
        let cover = min(max(0.5 - distance, 0), 1)
        guard cover > 0 else { continue }
        for (channel, shade) in shades.enumerated() {
          target[(channel * size.height + row) * size.width + column] =
            Float((cover * Double(shade)).rounded()) / 255
        }
      }
    }
  }

  private func pixels(_ middle: Double, _ reach: Double, _ count: Int) -> Range<Int> {
    let start = min(max(0, Int(middle - reach)), count)
    return start..<max(start, min(count, Int(middle + reach) + 1))
  }
}
