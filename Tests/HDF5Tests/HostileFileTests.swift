import Foundation
import HDF5
import Testing

/// Files made to mislead their reader, written by h5py, hence skipped where it is not installed.
@Suite(.enabled(if: Other.hasPython, "h5py is not installed"))
struct HostileFileTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func root(_ script: String) throws -> Group {
    let indented = script.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    _ = try Other.python("with h5py.File(path, 'w') as f:\n" + indented, path: scratch.path())
    return try File.open(at: scratch.path()).root
  }

  @Test func `Links that are not hard are not followed`() throws {
    let root = try root(
      """
      f.create_group('a')['x'] = 1.0
      f['soft'] = h5py.SoftLink('/a')
      f['outside'] = h5py.ExternalLink('other.h5', '/a')
      """)
    let error = #expect(throws: HDF5Error.self) { try root.dataset("soft/x") }
    #expect(
      error?.description
        == "'/soft' in '\(scratch.path())' is a soft link; only hard links are followed.")
    #expect(
      throws: HDF5Error.indirectLink(file: scratch.path(), object: "/outside", link: .external)
    ) { try root.group("outside") }
  }

  @Test(arguments: ["f4", "f8"])
  func `Chunks that were never written do not fill the memory`(type: String) throws {
    let root = try root(
      "f.create_dataset('x', shape=(2**40, 2**20), dtype='\(type)', chunks=(16, 16))")
    let dataset = try root.dataset("x")
    #expect(dataset.shape == [1 << 40, 1 << 20])
    let error = #expect(throws: HDF5Error.self) {
      if type == "f4" { _ = try dataset.read(as: Float.self) }
      if type == "f8" { _ = try dataset.read(as: Double.self) }
    }
    #expect(
      error?.description
        == "'/x' in '\(scratch.path())' declares shape [1099511627776, 1048576], "
        + "more than the 16777216 bytes possible here.")
  }

  @Test func `A block of unwritten chunks can be read`() throws {
    let root = try root("f.create_dataset('x', shape=(2**40,), dtype='f4', chunks=(16,))")
    #expect(try root.dataset("x").read(rows: 1000..<1003) == [0, 0, 0] as [Float])
  }

  @Test func `Unwritten contiguous data do not fill the memory`() throws {
    let root = try root("f.create_dataset('x', shape=(2**36,), dtype='f4')")
    #expect(
      throws: HDF5Error.tooLarge(
        file: scratch.path(), object: "/x", shape: [1 << 36], limit: 16 << 20)
    ) { try root.dataset("x").read(as: Float.self) }
  }

  @Test(arguments: [UInt64(1) << 20, 1 << 40, 1 << 62, .max])
  func `A patched size is refused`(size: UInt64) throws {
    let values = [Float](repeating: 1, count: 12_345)
    try scratch.reopened { try $0.write(values, shape: [12_345], to: "x") }.close()
    let url = URL(fileURLWithPath: scratch.path())
    var bytes = try Data(contentsOf: url)
    let old = withUnsafeBytes(of: UInt64(12_345).littleEndian) { Data($0) }
    let new = withUnsafeBytes(of: size.littleEndian) { Data($0) }
    while let range = bytes.range(of: old) { bytes.replaceSubrange(range, with: new) }
    try bytes.write(to: url)
    let file = try File.open(at: scratch.path())
    #expect(throws: HDF5Error.self) { try file.root.dataset("x").read(as: Float.self) }
  }

  @Test func `Strings that share their bytes do not fill the memory`() throws {
    let text = String(repeating: "x", count: 1 << 20)
    let root = try root("f.create_dataset('x', data=['\("x")' * 2**20] * 100)")
    let error = HDF5Error.textTooLong(
      file: scratch.path(), object: "/x", bytes: 100 * UInt64(text.utf8.count),
      limit: 64 << 20)
    #expect(throws: error) { try root.dataset("x").readStrings() }
  }

  @Test func `Fixed strings of absurd length do not fill the memory`() throws {
    let root = try root(
      "f.create_dataset('x', shape=(2**20,), dtype='S1000000', chunks=(1,))")
    #expect(throws: HDF5Error.self) { try root.dataset("x").readStrings() }
  }

  @Test func `Virtual and external data are not read`() throws {
    let root = try root(
      """
      layout = h5py.VirtualLayout(shape=(4,), dtype='f4')
      layout[:] = h5py.VirtualSource('other.h5', 'x', shape=(4,))
      f.create_virtual_dataset('virtual', layout)
      f.create_dataset('external', shape=(4,), dtype='f4', external=[('/etc/passwd', 0, 16)])
      """)
    #expect(try root.dataset("virtual").layout == .virtual)
    #expect(try root.dataset("external").layout == .external)
    #expect(
      throws: HDF5Error.foreignData(
        file: scratch.path(), object: "/virtual", layout: .virtual)
    ) { try root.dataset("virtual").read(as: Float.self) }
    let error = #expect(throws: HDF5Error.self) {
      try root.dataset("external").read(as: Float.self)
    }
    #expect(
      error?.description
        == "'/external' in '\(scratch.path())' is external: its data lie in other files, "
        + "which are not read; store them in this file.")
  }

  @Test func `Text that is not UTF-8 is refused`() throws {
    let root = try root("f['x'] = np.array([b'\\xff\\xfe'], dtype='S2')")
    #expect(throws: HDF5Error.invalidText(file: scratch.path(), object: "/x")) {
      try root.dataset("x").readStrings()
    }
  }

  @Test func `A filter this library does not know is an error, not a search`() throws {
    let root = try root(
      """
      p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
      p.set_chunk((4,))
      p.set_filter(32001, h5py.h5z.FLAG_OPTIONAL, (0,))
      s = h5py.h5s.create_simple((4,))
      d = h5py.h5d.create(f.id, b'x', h5py.h5t.IEEE_F32LE, s, p)
      d.write_direct_chunk((0,), b'0123456789abcdef')
      """)
    let dataset = try root.dataset("x")
    #expect(dataset.filters == ["filter 32001"])
    let error = #expect(throws: HDF5Error.self) { try dataset.read(as: Float.self) }
    #expect(error?.description.contains("filter") == true)
  }
}
