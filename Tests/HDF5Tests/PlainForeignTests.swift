import Foundation
import HDF5
import Testing

/// What h5py writes, read without libhdf5; skipped where it is not installed.
@Suite(.enabled(if: Other.hasPython, "h5py is not installed"))
struct PlainForeignTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func root(_ script: String, mode: String = "'w'") throws -> PlainGroup {
    let indented = script.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    _ = try Other.python(
      "with h5py.File(path, \(mode)) as f:\n" + indented, path: scratch.path())
    return try PlainFile.open(at: scratch.path()).root
  }

  /// The sentence of an error about an object of the file.
  private func refusal(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing was thrown"
    } catch { return "\(error)".replacing("'\(scratch.path())'", with: "FILE") }
  }

  @Test func `Plain files of h5py are read`() throws {
    let root = try root(
      """
      f['a/floats'] = np.arange(6, dtype='f4').reshape(2, 3)
      f['text'] = 'grün'
      f['labels'] = ['x', 'yz']
      f['fixed'] = np.array([b'ab', b'c'], dtype='S4')
      f['big'] = np.arange(3, dtype='>f4')
      f['short'] = np.arange(3, dtype='u2')
      f['flags'] = np.array([True, False])
      f['none'] = h5py.Empty('f4')
      f['same'] = f['a/floats']
      f.attrs['title'] = 'größer'
      f.attrs['names'] = ['p', 'qr']
      f.attrs['size'] = np.int64(7)
      f['a/floats'].attrs['units'] = np.bytes_('m')
      p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
      p.set_layout(h5py.h5d.COMPACT)
      s = h5py.h5s.create_simple((3,))
      d = h5py.h5d.create(f.id, b'compact', h5py.h5t.IEEE_F64LE, s, p)
      d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([1.0, 2.0, 3.0]))
      """)
    #expect(try root.dataset("a/floats").read() == [0, 1, 2, 3, 4, 5] as [Float])
    #expect(try root.dataset("same").read() == [0, 1, 2, 3, 4, 5] as [Float])
    #expect(try root.dataset("text").readString() == "grün")
    #expect(try root.dataset("labels").readStrings() == ["x", "yz"])
    #expect(try root.dataset("fixed").readStrings() == ["ab", "c"])
    #expect(try root.dataset("big").elementType == .other("big-endian 32-bit float"))
    #expect(try root.dataset("short").elementType == .other("16-bit unsigned integer"))
    #expect(try root.dataset("flags").elementType == .other("enumeration"))
    #expect(try root.dataset("none").read(as: Float.self) == [])
    #expect(try root.dataset("compact").read() == [1, 2, 3] as [Double])
    #expect(try root.dataset("compact").layout == .compact)
    #expect(try root.attributeString("title") == "größer")
    #expect(try root.attributeStrings("names") == ["p", "qr"])
    #expect(try root.attributeValue("size") == Int64(7))
    #expect(try root.dataset("a/floats").attributeString("units") == "m")
  }

  @Test func `Soft links are told apart and not followed`() throws {
    let root = try root("f['a/x'] = 1.0\nf['soft'] = h5py.SoftLink('/soft')")
    #expect(try root.members().first { $0.name == "soft" }?.link == .soft)
    #expect(
      refusal { _ = try root.dataset("soft/x") }
        == "'/soft' in FILE is a soft link; only hard links are followed.")
    #expect(
      refusal { _ = try PlainFile.open(at: scratch.path()).datasets() }
        == "'/soft' in FILE is a soft link; only hard links are followed.")
  }

  @Test func `A group inside itself is refused`() throws {
    let root = try root("f['a/x'] = 1.0\nf['a/self'] = f['a']\nf['root'] = f['/']")
    #expect(
      refusal { _ = try root.group("a/self").members() }.hasPrefix("nothing")
        || refusal { _ = try PlainFile.open(at: scratch.path()).datasets() }
          .contains("is the same group as")
    )
    #expect(
      refusal { _ = try PlainFile.open(at: scratch.path()).datasets() }
        .contains("is the same group as"))
  }

  /// A way to write what is not read, and the sentence about it.
  struct Refusal: CustomTestStringConvertible, Sendable {
    let script: String
    let sentence: String
    var testDescription: String { sentence }
  }

  static let refusals = [
    Refusal(
      script: "f['x'] = h5py.ExternalLink('/etc/passwd', '/a')",
      sentence: "'/' in FILE has what is not read here: a group of the new style, which links to "
        + "other files need; write it with the library's earliest format."),
    Refusal(
      script: "f.create_dataset('x', shape=(4,), dtype='f4', external=[('/etc/passwd', 0, 16)])",
      sentence: "'/x' in FILE is external: its data lie in other files, which are not read; "
        + "store them in this file."),
    Refusal(
      script: """
        layout = h5py.VirtualLayout(shape=(4,), dtype='f4')
        layout[:] = h5py.VirtualSource('other.h5', 'x', shape=(4,))
        f.create_virtual_dataset('x', layout)
        """,
      sentence: "'/x' in FILE is virtual: its data lie in other files, which are not read; "
        + "store them in this file."),
    Refusal(
      script: "f.create_dataset('x', data=np.ones((50, 50)), compression='gzip')",
      sentence: "'/x' in FILE has what is not read here: data in chunks or filtered; "
        + "`h5repack -l CONTI -f NONE` writes them in one piece."),
    Refusal(
      script: "f.create_dataset('x', shape=(2**36,), dtype='f4')",
      sentence: "'/x' in FILE has what is not read here: elements that were never written."),
  ]

  @Test(arguments: refusals)
  func `What is not read is refused with object and reason`(_ refused: Refusal) throws {
    let text = refusal {
      let root = try root(refused.script)
      _ = try root.dataset("x")
    }
    #expect(text == refused.sentence)
  }

  @Test func `The new format is refused`() throws {
    let text = refusal { _ = try root("f['x'] = 1.0", mode: "'w', libver='latest'") }
    #expect(text.contains("write it with the library's earliest format"), "\(text)")
  }

  @Test func `Groups deep inside each other are refused`() throws {
    let root = try root("f['/'.join(['g'] * 1000)] = 1.0")
    _ = root
    #expect(
      refusal { _ = try PlainFile.open(at: scratch.path()).datasets() }
        .contains("more than 32 groups inside each other"))
  }

  @Test func `A thousand attributes and more are refused`() throws {
    let text = refusal {
      _ = try root("for i in range(2000): f.attrs[f'a{i}'] = i").attributeNames()
    }
    #expect(text.contains("more than 1024 attributes"), "\(text)")
  }

  @Test func `Strings that share their bytes do not fill the memory`() throws {
    let root = try root("f.create_dataset('x', data=['\("x")' * 2**20] * 100)")
    #expect(throws: HDF5Error.self) { try root.dataset("x").readStrings() }
  }

  @Test func `Text that is not UTF-8 is refused`() throws {
    let root = try root("f['x'] = np.array([b'\\xff\\xfe'], dtype='S2')")
    #expect(throws: HDF5Error.invalidText(file: scratch.path(), object: "/x")) {
      try root.dataset("x").readStrings()
    }
  }
}
