/// Pictures that are unpacked from their files whenever they are wanted.
struct ImageFileSource: ExampleSource {
  let files: [String]
  let preparation: PicturePreparation

  var count: Int { files.count }
  var byteDivisor: Float? { 255 }

  func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError) {
    var place = 0
    for row in rows {
      for byte in preparation.bytes(of: try Picture(at: files[row])) {
        target[place] = Float(byte) / 255
        place += 1
      }
    }
  }
}
