/// Everything that can go wrong between a program and an HDF5 file.
///
/// Each case carries the facts: the file's path, the object's path inside it (`/` is the root group,
/// `/weights@epoch` is an attribute), and what was expected and found.
public enum HDF5Error: Error, Hashable, Sendable {
  /// There is no file at this path.
  case fileNotFound(file: String)
  /// The path leads to a folder, a pipe or a device.
  case notRegularFile(file: String)
  /// The file is not an HDF5 file.
  case notHDF5(file: String)
  /// The file is shorter than it says it is; sizes in bytes.
  case truncated(file: String, size: UInt64, declared: UInt64)
  /// A file was to be created where one exists.
  case fileExists(file: String)
  /// A file was to be created in a folder that does not exist.
  case folderNotFound(file: String)
  /// The operating system refuses access to the file.
  case permissionDenied(file: String)
  /// Another program holds the file open for writing.
  case locked(file: String)
  /// The file cannot grow: the disk or a quota is full.
  case diskFull(file: String, object: String, reason: String)
  /// The file was closed before this use of one of its objects.
  case closed(file: String, object: String)
  /// There is no object or attribute of this name.
  case objectNotFound(file: String, object: String)
  /// An object of this name exists already.
  case objectExists(file: String, object: String)
  /// The object is of another kind than asked for.
  case wrongKind(file: String, object: String, expected: Member.Kind, found: Member.Kind)
  /// The way to the object leads over a link that is not a hard link.
  case indirectLink(file: String, object: String, link: Member.Link)
  /// Elements are of another type than asked for.
  case wrongType(file: String, object: String, expected: ElementType, found: ElementType)
  /// The number of elements handed over is not the number the place takes.
  case wrongCount(file: String, object: String, expected: Int, found: Int)
  /// A block does not lie inside its dataset.
  case outOfBounds(file: String, object: String, start: [Int], count: [Int], shape: [Int])
  /// A shape or a chunk that no dataset can have.
  case invalidShape(file: String, object: String, shape: [Int])
  /// A name that no object can have.
  case invalidName(file: String, name: String)
  /// Text with a NUL inside, or bytes that are not UTF-8.
  case invalidText(file: String, object: String)
  /// The declared elements do not fit what the file holds, or the address space; limit in bytes.
  case tooLarge(file: String, object: String, shape: [Int], limit: UInt64)
  /// Text is longer than the reader or the place allows; sizes in bytes.
  case textTooLong(file: String, object: String, bytes: UInt64, limit: UInt64)
  /// The dataset's elements lie in other files, where this library does not follow.
  case foreignData(file: String, object: String, layout: Layout)
  /// The file's structure contradicts itself or its size.
  case damaged(file: String, object: String, reason: String)
  /// The file is HDF5 of a kind that is not read where nobody has to trust it.
  case unsupported(file: String, object: String, feature: String)
  /// The contents are not those the file's list of digests was made of.
  case contentDiffers(file: String, object: String)
  /// The file's list of digests lacks a dataset.
  case unlisted(file: String, object: String)
  /// Any other failure of the library, with the call that failed and HDF5's own words.
  case library(call: String, file: String, object: String, reason: String)
}

extension HDF5Error: CustomStringConvertible {
  /// One sentence that names file, object and reason, and a way out where there is one.
  public var description: String {
    fileDescription ?? objectDescription ?? structureDescription ?? dataDescription
  }

  /// The sentence for the cases about a whole file.
  private var fileDescription: String? {
    switch self {
    case .fileNotFound(let file):
      "There is no file at '\(file)'; check the path."
    case .notRegularFile(let file):
      "'\(file)' is a folder or a device; give the path of a file."
    case .notHDF5(let file):
      "'\(file)' is not an HDF5 file."
    case .truncated(let file, let size, let declared):
      "'\(file)' is cut off: it has \(size) of \(declared) bytes; copy or download it again."
    case .fileExists(let file):
      "'\(file)' exists already; choose another path or allow replacing it."
    case .folderNotFound(let file):
      "'\(file)' cannot be created because its folder does not exist; create the folder first."
    case .permissionDenied(let file):
      "Access to '\(file)' is denied; check its permissions and those of its folder."
    case .locked(let file):
      "'\(file)' is open for writing elsewhere; close it there first."
    case .diskFull(let file, let object, let reason):
      "'\(file)' cannot grow while writing '\(object)' (\(reason)); free some space and write it again."
    case .closed(let file, let object):
      "'\(object)' cannot be used because its file '\(file)' was closed; open the file again."
    default: nil
    }
  }

  /// The sentence for the cases about a name inside a file.
  private var objectDescription: String? {
    switch self {
    case .objectNotFound(let file, let object):
      "'\(file)' has no '\(object)'."
    case .objectExists(let file, let object):
      "'\(file)' has '\(object)' already; choose another name."
    case .wrongKind(let file, let object, let expected, let found):
      "'\(object)' in '\(file)' is a \(found.rawValue), expected a \(expected.rawValue)."
    case .indirectLink(let file, let object, let link):
      "'\(object)' in '\(file)' is a \(link.rawValue) link; only hard links are followed."
    case .invalidName(let file, let name):
      "'\(name)' cannot name an object in '\(file)'; use parts that are not empty and not '.'."
    default: nil
    }
  }

  /// The sentence for the cases about what a file is made of.
  private var structureDescription: String? {
    switch self {
    case .damaged(let file, let object, let reason):
      "'\(object)' in '\(file)' is damaged: \(reason); copy or download the file again."
    case .unsupported(let file, let object, let feature):
      "'\(object)' in '\(file)' has what is not read here: \(feature)."
    case .contentDiffers(let file, let object):
      "'\(object)' in '\(file)' is not what was written: its checksum differs; "
        + "copy or download the file again."
    case .unlisted(let file, let object):
      "'\(object)' in '\(file)' has no checksum; the file was changed by another program."
    default: nil
    }
  }

  /// The sentence for the cases about elements.
  private var dataDescription: String {
    switch self {
    case .wrongType(let file, let object, let expected, let found):
      "'\(object)' in '\(file)' holds \(found), expected \(expected)."
    case .wrongCount(let file, let object, let expected, let found):
      "'\(object)' in '\(file)' takes \(expected) elements, not \(found)."
    case .outOfBounds(let file, let object, let start, let count, let shape):
      "The block \(count) at \(start) does not lie in '\(object)' of shape \(shape) in '\(file)'."
    case .invalidShape(let file, let object, let shape):
      "'\(object)' in '\(file)' cannot have the shape or chunk \(shape)."
    case .invalidText(let file, let object):
      "'\(object)' in '\(file)' is not text: it has bytes that are not UTF-8, or a NUL."
    case .tooLarge(let file, let object, let shape, let limit):
      "'\(object)' in '\(file)' declares shape \(shape), more than the \(limit) bytes possible here."
    case .textTooLong(let file, let object, let bytes, let limit):
      "'\(object)' in '\(file)' has \(bytes) bytes of text, more than the limit of \(limit)."
    case .foreignData(let file, let object, let layout):
      "'\(object)' in '\(file)' is \(layout.rawValue): its data lie in other files, "
        + "which are not read; store them in this file."
    case .library(let call, let file, let object, let reason):
      "HDF5 failed on '\(object)' in '\(file)': \(reason) (\(call))."
    default: "HDF5 failed."
    }
  }
}
