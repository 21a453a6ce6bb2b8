import Tensors
import Testing

@testable import Datasets

@Suite struct PictureResizingTests {
  /// 12×9 random bytes, and what Pillow 12 makes of them.
  private static let picture = Picture(
    width: 12, height: 9, channels: 1,
    bytes: [
      172, 47, 117, 192, 67, 251, 195, 103, 9, 211, 21, 242, 36, 87, 70, 216, 88, 140, 58, 193,
      230, 39, 87, 174, 88, 81, 165, 25, 77, 72, 9, 148, 115, 208, 243, 197, 254, 79, 175, 192,
      82, 99, 216, 177, 243, 29, 147, 147, 142, 167, 32, 193, 9, 185, 127, 32, 31, 202, 244, 151,
      163, 254, 203, 114, 183, 28, 34, 128, 128, 164, 53, 133, 38, 232, 244, 17, 79, 132, 105, 42,
      186, 31, 120, 1, 65, 231, 169, 57, 35, 102, 119, 11, 174, 82, 91, 128, 142, 99, 53, 140,
      121, 170, 84, 203, 68, 6, 196, 47,
    ])

  private func differ(_ bytes: some Sequence<UInt8>, _ expected: [Int]) -> Int {
    zip(bytes, expected).map { abs(Int($0) - $1) }.max() ?? 0
  }

  @Test func shrinkingAgreesWithPillowsBox() {
    let small = Self.picture.resized(width: 4, height: 3)
    #expect(differ(small.bytes, [96, 125, 118, 158, 163, 120, 124, 141, 141, 95, 110, 78]) <= 1)
  }

  @Test func growingAgreesWithPillowsBilinear() {
    let large = Self.picture.resized(width: 24, height: 18)
    let top = [
      172, 141, 78, 65, 100, 136, 173, 161, 98, 113, 205, 237, 209, 172, 126, 80, 33, 60, 161, 164,
      69, 76, 187, 242,
    ]
    let bottom = [
      142, 131, 110, 88, 65, 75, 118, 135, 126, 133, 158, 149, 106, 114, 173, 169, 102, 53, 22, 54,
      149, 159, 84, 47,
    ]
    #expect(differ(large.bytes.prefix(24), top) <= 1)
    #expect(differ(large.bytes.suffix(24), bottom) <= 1)
  }

  /// The mean over the area, pixel by pixel, in `Double`.
  @Test(arguments: [(7, 5), (5, 9), (11, 2), (1, 1)])
  func shrinkingIsTheMeanOfTheAreaCovered(width: Int, height: Int) {
    var random = RandomSource(seed: 4)
    let source = Picture(
      width: 12, height: 9, channels: 3,
      bytes: (0..<324).map { _ in .random(in: 0...255, using: &random) })
    let small = source.resized(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        var sum = 0.0
        for row in 0..<9 {
          for column in 0..<12 {
            let across =
              min(Double(x + 1) * 12 / Double(width), Double(column + 1))
              - max(Double(x) * 12 / Double(width), Double(column))
            let down =
              min(Double(y + 1) * 9 / Double(height), Double(row + 1))
              - max(Double(y) * 9 / Double(height), Double(row))
            sum += max(across, 0) * max(down, 0) * Double(source.rgb(x: column, y: row).green)
          }
        }
        let mean = sum * Double(width * height) / 108
        #expect(abs(mean - Double(small.rgb(x: x, y: y).green)) < 0.51)
      }
    }
  }

  @Test func onePixelGrowsEvenly() {
    let grown = Picture(width: 1, height: 1, channels: 3, bytes: [1, 2, 3]).resized(
      width: 3, height: 2)
    #expect(grown.bytes == [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3])
  }

  @Test func theFitDecidesWhatHappensToProportions() {
    // Three columns: dark, bright, dark.
    let wide = Picture(
      width: 6, height: 2, channels: 1, bytes: [0, 0, 9, 9, 0, 0, 0, 0, 9, 9, 0, 0])
    func bytes(_ fit: PicturePreparation.Fit, _ height: Int, _ width: Int) -> [UInt8] {
      PicturePreparation(size: PixelSize(height: height, width: width), fit: fit, channels: 1)
        .bytes(of: wide)
    }
    #expect(bytes(.crop, 2, 2) == [9, 9, 9, 9])
    #expect(bytes(.stretch, 1, 3) == [0, 9, 0])
    #expect(bytes(.stretch, 2, 2) == [3, 3, 3, 3])
    #expect(
      bytes(.pad, 6, 6) == [UInt8](repeating: 0, count: 12) + wide.bytes
        + [UInt8](repeating: 0, count: 12))
    #expect(bytes(.crop, 2, 6) == wide.bytes)
  }

  @Test func channelsAreMixedAndRepeated() {
    let red = Picture(width: 1, height: 1, channels: 3, bytes: [255, 0, 0])
    let grey = PicturePreparation(size: PixelSize(height: 1, width: 1), fit: .crop, channels: 1)
    #expect(grey.bytes(of: red) == [76])
    let two = Picture(width: 2, height: 1, channels: 1, bytes: [5, 6])
    let colour = PicturePreparation(size: PixelSize(height: 1, width: 2), fit: .crop, channels: 3)
    #expect(colour.bytes(of: two) == [5, 6, 5, 6, 5, 6])
  }

  @Test(arguments: ["", "x", "0", "4x", "4x4x4", "-1x3", "99999999x99999999", "4×4"])
  func sizesThatMeanNothingAreRefused(text: String) {
    #expect(
      throws: DatasetError.badOption(
        option: "size", found: text, requirement: "is height×width in pixels, such as 64x64")
    ) { try PixelSize(parsing: text) }
  }

  @Test func sizesAreHeightByWidth() throws {
    #expect(try PixelSize(parsing: "64x48") == PixelSize(height: 64, width: 48))
    #expect(try PixelSize(parsing: "7") == PixelSize(height: 7, width: 7))
    #expect(PixelSize(height: 64, width: 48).description == "64x48")
  }
}
