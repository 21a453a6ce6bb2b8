import HDF5
import Testing

@Suite struct ErrorTests {
  @Test(arguments: [
    HDF5Error.fileNotFound(file: "f.h5"), .notRegularFile(file: "f.h5"), .notHDF5(file: "f.h5"),
    .truncated(file: "f.h5", size: 1, declared: 2), .fileExists(file: "f.h5"),
    .folderNotFound(file: "f.h5"), .permissionDenied(file: "f.h5"), .locked(file: "f.h5"),
    .diskFull(file: "f.h5", object: "/x", reason: "No space left on device"),
    .closed(file: "f.h5", object: "/x"), .objectNotFound(file: "f.h5", object: "/x"),
    .objectExists(file: "f.h5", object: "/x"),
    .wrongKind(file: "f.h5", object: "/x", expected: .group, found: .other),
    .indirectLink(file: "f.h5", object: "/x", link: .userDefined),
    .wrongType(file: "f.h5", object: "/x", expected: .int64, found: .other("compound")),
    .wrongCount(file: "f.h5", object: "/x", expected: 1, found: 2),
    .outOfBounds(file: "f.h5", object: "/x", start: [1], count: [1], shape: [1]),
    .invalidShape(file: "f.h5", object: "/x", shape: [-1]),
    .invalidName(file: "f.h5", name: "."), .invalidText(file: "f.h5", object: "/x"),
    .tooLarge(file: "f.h5", object: "/x", shape: [9], limit: 8),
    .textTooLong(file: "f.h5", object: "/x", bytes: 9, limit: 8),
    .foreignData(file: "f.h5", object: "/x", layout: .virtual),
    .library(call: "H5Dread", file: "f.h5", object: "/x", reason: "no write intent on file"),
  ])
  func `Every error is one sentence that names its file`(error: HDF5Error) {
    let sentence = error.description
    #expect(sentence.contains("'f.h5'"))
    #expect(sentence.hasSuffix("."))
    #expect(!sentence.contains("\n"))
  }
}
