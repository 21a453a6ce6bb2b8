import Tensors
import Testing

@testable import Datasets

@Suite struct JPEGTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func message(_ bytes: [UInt8]) -> String {
    do throws(DatasetError) {
      _ = try JPEGCodec.decode(bytes, path: "a.jpg")
      return "read"
    } catch { return error.description }
  }

  @Test func greyAndColouredFilesAreRead() throws {
    let grey = try JPEGCodec.decode(JPEGFixtures.grey, path: "grey")
    #expect((grey.width, grey.height, grey.channels) == (8, 8, 1))
    for (index, byte) in grey.bytes.enumerated() { #expect(abs(Int(byte) - 4 * index) <= 2) }
    for (data, slack) in [(JPEGFixtures.colour, 2), (JPEGFixtures.progressive, 90)] {
      let picture = try JPEGCodec.decode(data, path: "colour")
      #expect((picture.width, picture.height, picture.channels) == (16, 8, 3))
      let (left, right) = (picture.rgb(x: 0, y: 0), picture.rgb(x: 15, y: 7))
      #expect(abs(Int(left.red) - 250) <= slack && abs(Int(left.blue) - 10) <= slack)
      #expect(abs(Int(right.red) - 10) <= slack && abs(Int(right.blue) - 250) <= slack)
    }
  }

  @Test func theHeaderTellsSizeAndChannels() throws {
    #expect(
      try JPEGCodec.format(of: JPEGFixtures.colour, path: "a")
        == PictureFormat(width: 16, height: 8, channels: 3))
    #expect(
      try JPEGCodec.format(of: JPEGFixtures.grey, path: "a")
        == PictureFormat(width: 8, height: 8, channels: 1))
  }

  @Test func theContentsTellWhatKindOfPictureItIs() throws {
    let disguised = try folder.write("a.png", JPEGFixtures.colour)
    #expect(try Picture(at: disguised).width == 16)
    let png = try Picture(width: 3, height: 2, channels: 1, shade: 7).pngData()
    let other = try folder.write("b.jpg", png)
    #expect(try Picture(at: other).bytes == [7, 7, 7, 7, 7, 7])
    #expect(try Picture.format(at: other) == PictureFormat(width: 3, height: 2, channels: 1))
  }

  @Test func coloursOfPrintAreRefused() {
    #expect(
      message(JPEGFixtures.cmyk)
        == "'a.jpg' is no JPEG that can be read (its colours are mixed for print, CMYK): save it "
        + "again as RGB JPEG or PNG, or remove it")
  }

  @Test func everyCutOfAJPEGIsRefused() {
    for fixture in [JPEGFixtures.grey, JPEGFixtures.colour, JPEGFixtures.progressive] {
      // The last four bytes may be the mark of the end and bits that only fill up.
      for length in 0..<fixture.count - 4 {
        let text = message(Array(fixture[..<length]))
        #expect(
          text.hasPrefix("'a.jpg' is no JPEG that can be read ("), "cut to \(length): \(text)")
      }
    }
  }

  @Test func changedBytesNeverCrash() {
    var random = RandomSource(seed: 3)
    for fixture in [JPEGFixtures.grey, JPEGFixtures.colour, JPEGFixtures.progressive] {
      for _ in 0..<1000 {
        var bytes = fixture
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
            in: 0...255, using: &random)
        }
        // A changed size may be large, and is cut off by the limit.
        #expect(!message(bytes).isEmpty)
      }
    }
  }

  @Test func aJPEGThatDeclaresAHugeSizeIsRefusedBeforeMemoryIsSetAside() throws {
    var bytes = JPEGFixtures.colour
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
    bytes.replaceSubrange(start + 5..<start + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
    #expect(message(bytes).contains("declares") && message(bytes).contains("more than the limit"))
  }
}
