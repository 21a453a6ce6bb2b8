import Testing

@testable import Datasets

@Suite struct HalfBlockPreviewTests {
  @Test func everyCharacterShowsTwoPixelsInColour() {
    let picture = Picture(
      width: 1, height: 2, channels: 3, bytes: [1, 2, 3, 4, 5, 6])
    #expect(
      HalfBlockPreview().text(of: picture) == "\u{1B}[38;2;1;2;3;48;2;4;5;6m▀\u{1B}[0m\n")
  }

  @Test func coloursAreSaidOnlyWhereTheyChange() {
    let picture = Picture(width: 3, height: 2, channels: 1, bytes: [9, 9, 8, 9, 9, 8])
    #expect(
      HalfBlockPreview().text(of: picture)
        == "\u{1B}[38;2;9;9;9;48;2;9;9;9m▀▀\u{1B}[38;2;8;8;8;48;2;8;8;8m▀\u{1B}[0m\n")
  }

  @Test func anOddLastRowLeavesTheLowerHalfAlone() {
    let picture = Picture(width: 1, height: 1, channels: 1, shade: 5)
    #expect(HalfBlockPreview().text(of: picture) == "\u{1B}[38;2;5;5;5m▀\u{1B}[0m\n")
  }

  @Test func withoutColoursBrightnessBecomesLetters() {
    let picture = Picture(width: 3, height: 2, channels: 1, bytes: [0, 255, 128, 0, 255, 128])
    #expect(HalfBlockPreview(style: .letters).text(of: picture) == " @=\n")
  }

  @Test func aWidePictureIsMadeSmallerToFit() {
    let picture = Picture(width: 100, height: 50, channels: 1, shade: 255)
    let lines = HalfBlockPreview(columns: 20, style: .letters).text(of: picture)
      .split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines.allSatisfy { $0 == String(repeating: "@", count: 20) })
  }

  @Test func makingSmallerAverages() {
    let picture = Picture(
      width: 4, height: 2, channels: 1, bytes: [0, 100, 10, 10, 100, 0, 30, 30])
    #expect(picture.shrunk(toWidth: 2).bytes == [50, 20])
    #expect(picture.shrunk(toWidth: 4) == picture)
    let flat = Picture(width: 90, height: 1, channels: 1, shade: 3)
    #expect(flat.shrunk(toWidth: 7).bytes == [UInt8](repeating: 3, count: 7))
  }
}
