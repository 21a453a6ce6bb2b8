import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct PictureTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "read"
    } catch { return "\(error)" }
  }

  @Test func whatIsWrittenIsReadBackForAllSizesAndChannels() throws {
    var random = RandomSource(seed: 12)
    let path = "\(folder.path)/picture.png"
    for round in 0..<30 {
      let channels = round.isMultiple(of: 2) ? 1 : 3
      let width = Int.random(in: 1...40, using: &random)
      let height = Int.random(in: 1...40, using: &random)
      let bytes = (0..<width * height * channels).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let picture = Picture(width: width, height: height, channels: channels, bytes: bytes)
      try picture.write(toPNG: path)
      #expect(try Picture(pngAt: path) == picture)
      #expect(try Picture(pngData: picture.pngData(), name: "memory") == picture)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["picture.png"])
  }

  @Test func theFileIsAPNGOfTheRightSize() throws {
    let data = try Picture(width: 300, height: 2, channels: 3, shade: 9).pngData()
    #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    #expect(Array(data[16..<26]) == [0, 0, 1, 44, 0, 0, 0, 2, 8, 2])
  }

  @Test(.enabled(if: hasNumPy))
  func transparencyBecomesWhiteAndPalettesBecomeColours() throws {
    let path = "\(folder.path)/odd.png"
    let script = """
      import struct, sys, zlib
      def chunk(name, data):
          body = name + data
          return struct.pack('>I', len(data)) + body + struct.pack('>I', zlib.crc32(body))
      def write(path, kind, rows, *extra):
          with open(path, 'wb') as file:
              file.write(b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 2, 1, 8, kind, 0, 0, 0))
                         + b''.join(extra) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
      if sys.argv[2] == 'alpha':
          write(sys.argv[1], 6, bytes([0, 10, 20, 30, 255, 10, 20, 30, 0]))
      else:
          write(sys.argv[1], 3, bytes([0, 1, 0]), chunk(b'PLTE', bytes([1, 2, 3, 200, 100, 50])))
      """
    try run("python3", ["-c", script, path, "alpha"])
    #expect(try Picture(pngAt: path).bytes == [10, 20, 30, 255, 255, 255])
    try run("python3", ["-c", script, path, "palette"])
    #expect(try Picture(pngAt: path).bytes == [200, 100, 50, 1, 2, 3])
  }

  @Test func aMissingFileIsNamed() {
    #expect(
      message { _ = try Picture(pngAt: "/no/such.png") }
        == "there is no file '/no/such.png': check the path")
  }

  @Test func anotherKindOfFileIsRefused() throws {
    let path = try folder.write("text.png", Array("no picture at all".utf8))
    #expect(
      message { _ = try Picture(pngAt: path) }
        == "'\(path)' is no picture that can be handled (png_image_begin_read_from_memory: "
        + "Not a PNG file): convert it to an 8-bit PNG")
    #expect(throws: DatasetError.self) { try Picture(pngData: [], name: "nothing") }
  }

  @Test func aPictureThatDeclaresAHugeSizeIsRefusedBeforeMemoryIsSetAside() throws {
    var data = try Picture(width: 1, height: 1, channels: 1, shade: 0).pngData()
    data.replaceSubrange(16..<24, with: bigEndian(900_000) + bigEndian(900_000))
    let header = Array(data[12..<29])
    data.replaceSubrange(29..<33, with: bigEndian(Int(crc32(header))))
    #expect(message { _ = try Picture(pngData: data, name: "huge") } != "read")
    data.replaceSubrange(16..<24, with: bigEndian(20_000) + bigEndian(20_000))
    data.replaceSubrange(29..<33, with: bigEndian(Int(crc32(Array(data[12..<29])))))
    #expect(
      throws: DatasetError.tooLarge(path: "huge", bytes: 400_000_000, limit: 256 << 20)
    ) { try Picture(pngData: data, name: "huge") }
  }

  @Test func everyCutOfAPNGIsRefused() throws {
    let data = try Picture(
      width: 9, height: 9, channels: 3, bytes: (0..<243).map { UInt8($0) }
    ).pngData()
    // libpng does not miss the closing chunk of 12 bytes.
    for length in 0..<data.count - 16 {
      #expect(throws: DatasetError.self, "cut to \(length) bytes") {
        try Picture(pngData: Array(data[..<length]), name: "cut")
      }
    }
  }

  @Test func aFolderThatIsNotThereCannotBeWrittenTo() {
    let picture = Picture(width: 1, height: 1, channels: 1, shade: 0)
    #expect(
      message { try picture.write(toPNG: "/no/such/folder/a.png") }
        == "'/no/such/folder/a.png' cannot be written (No such file or directory): check the "
        + "folder, its permissions and the space left")
  }

  /// The checksum of a PNG chunk, bit by bit.
  private func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0 as UInt32) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
        sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
      }
    }
  }
}
