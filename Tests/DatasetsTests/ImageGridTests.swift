import Tensors
import Testing

@testable import Datasets

@Suite struct ImageGridTests {
  @Test func imagesLieRowByRowWithPaddingAroundThem() throws {
    let images = NDArray([0, 1, 0.5], shape: [3, 1, 1, 1])
    let picture = try ImageGrid(columns: 2, padding: 1, scale: 1, background: 7)
      .picture(of: images)
    #expect(picture.width == 5 && picture.height == 5 && picture.channels == 1)
    #expect(
      picture.bytes == [
        7, 7, 7, 7, 7,
        7, 0, 7, 255, 7,
        7, 7, 7, 7, 7,
        7, 128, 7, 7, 7,
        7, 7, 7, 7, 7,
      ])
  }

  @Test func enlargingRepeatsPixels() throws {
    let images = NDArray([0, 1, 1, 0], shape: [1, 1, 2, 2])
    let picture = try ImageGrid(padding: 0, scale: 2).picture(of: images)
    #expect(
      picture.bytes == [
        0, 0, 255, 255,
        0, 0, 255, 255,
        255, 255, 0, 0,
        255, 255, 0, 0,
      ])
  }

  @Test func smallImagesAreEnlargedToBeSeen() throws {
    let grid = ImageGrid(padding: 0)
    #expect(try grid.picture(of: NDArray(repeating: 0, shape: [1, 1, 8, 8])).width == 64)
    #expect(try grid.picture(of: NDArray(repeating: 0, shape: [1, 1, 64, 64])).width == 64)
  }

  @Test func aGridWithoutColumnsIsAboutSquare() throws {
    let grid = ImageGrid(padding: 0, scale: 1)
    let picture = try grid.picture(of: NDArray(repeating: 0, shape: [10, 1, 1, 1]))
    #expect(picture.width == 4 && picture.height == 3)
  }

  @Test func coloursAreInterleaved() throws {
    let images = NDArray([0, 1, 0.2, 0.4, 0.6, 0.8], shape: [1, 3, 1, 2])
    let picture = try ImageGrid(padding: 0, scale: 1).picture(of: images)
    #expect(picture.channels == 3)
    #expect(picture.bytes == [0, 51, 153, 255, 102, 204])
    #expect(picture.rgb(x: 1, y: 0) == (255, 102, 204))
  }

  @Test func valuesOutsideTheRangeAreCutAndNaNIsDark() throws {
    let images = NDArray([-3, 7, .nan, .infinity, -.infinity], shape: [1, 1, 1, 5])
    let picture = try ImageGrid(padding: 0, scale: 1).picture(of: images)
    #expect(picture.bytes == [0, 255, 0, 255, 0])
  }

  @Test func reconstructionsLieBelowTheirOriginals() throws {
    let originals = NDArray([0.2, 0.4, 0.6], shape: [3, 1, 1, 1])
    let copies = NDArray([1, 0, 1], shape: [3, 1, 1, 1])
    let picture = try ImageGrid(columns: 2, padding: 0, scale: 1, background: 9)
      .picture(pairing: originals, with: copies)
    #expect(picture.bytes == [51, 102, 255, 0, 153, 9, 255, 9])
  }

  @Test("Several versions of the same images stand one above the other") func versionsAreStacked()
    throws
  {
    let versions = [[0.2, 0.4, 0.6], [1, 0, 1], [0, 0.2, 0]].map {
      NDArray($0.map { Float($0) }, shape: [3, 1, 1, 1])
    }
    let picture = try ImageGrid(columns: 2, padding: 0, scale: 1, background: 9)
      .picture(stacking: versions)
    #expect(picture.bytes == [51, 102, 255, 0, 0, 51, 153, 9, 255, 9, 0, 9])
  }

  @Test(arguments: [[2, 2], [1, 2, 3, 3], [0, 1, 2, 2], [1, 1, 0, 2]])
  func otherShapesAreRefused(shape: [Int]) {
    #expect(throws: DatasetError.notDrawable(shape: shape)) {
      try ImageGrid().picture(of: NDArray(repeating: 0, shape: Shape(shape)))
    }
  }

  @Test func pairsOfDifferentShapeAreRefused() {
    #expect(
      throws: DatasetError.pairsDiffer(
        originals: [1, 1, 2, 2], reconstructions: [2, 1, 2, 2])
    ) {
      try ImageGrid().picture(
        pairing: NDArray(repeating: 0, shape: [1, 1, 2, 2]),
        with: NDArray(repeating: 0, shape: [2, 1, 2, 2]))
    }
  }
}
