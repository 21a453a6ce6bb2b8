import HDF5
import Testing

/// Files of ours in other programs, and theirs in ours.
@Suite struct InteroperabilityTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func writeOurs() throws {
    try scratch.reopened { root in
      try root.write([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3], to: "encoder/hidden/weight")
      try root.write([0.5] as [Double], shape: [], to: "rate")
      try root.writeString("{\"größe\": 1}", to: "graph")
      try root.writeStrings(["cat", "", "dög"], to: "labels")
      try root.writeAttribute("latentzoo", to: "format")
      try root.writeAttribute(["a", "bc"], to: "names")
      try root.writeAttribute(Int64(3), to: "version")
    }.close()
  }

  // Needs Python with h5py.
  @Test(.enabled(if: Other.hasPython, "h5py is not installed"))
  func `h5py reads what we write`() throws {
    try writeOurs()
    let script = """
      f = h5py.File(path)
      w = f['encoder/hidden/weight']
      print(json.dumps([w[:].tolist(), str(w.dtype), f['rate'][()],
        f['graph'].asstr()[()], f['labels'].asstr()[:].tolist(), f.attrs['format'],
        [name.decode() for name in f.attrs['names']], int(f.attrs['version'])], ensure_ascii=False))
      """
    #expect(
      try Other.python(script, path: scratch.path())
        == #"[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], "float32", 0.5, "{\"größe\": 1}", "#
        + #"["cat", "", "dög"], "latentzoo", ["a", "bc"], 3]"#)
  }

  // Needs HDF5's command-line tools.
  @Test(.enabled(if: Other.hasTools, "h5dump and h5ls are not installed"))
  func `HDF5's own tools read what we write`() throws {
    try writeOurs()
    let listing = try Other.run(["h5ls", "-r", scratch.path()])
    #expect(listing.status == 0)
    #expect(listing.output.contains("/encoder/hidden/weight   Dataset {2, 3}"))
    let dump = try Other.run(["h5dump", "-d", "/encoder/hidden/weight", scratch.path()])
    #expect(dump.status == 0)
    #expect(dump.output.contains("DATATYPE  H5T_IEEE_F32LE"))
    #expect(dump.output.contains("(1,0): 4, 5, 6"))
  }

  // Needs Python with h5py.
  @Test(.enabled(if: Other.hasPython, "h5py is not installed"))
  func `We read what h5py writes`() throws {
    let script = """
      with h5py.File(path, 'w') as f:
        f['a/floats'] = np.arange(6, dtype='f4').reshape(2, 3)
        f['text'] = 'grün'
        f['labels'] = ['x', 'yz']
        f['fixed'] = np.array([b'ab', b'c'], dtype='S4')
        f['big'] = np.arange(3, dtype='>f4')
        f['short'] = np.arange(3, dtype='u2')
        f['flags'] = np.array([True, False])
        f['none'] = h5py.Empty('f4')
        f.create_dataset('packed', data=np.ones((50, 50)), compression='gzip', shuffle=True,
          fletcher32=True)
        f.create_dataset('unwritten', shape=(4,), dtype='f4')
        f.attrs['title'] = 'größer'
        f.attrs['names'] = ['p', 'qr']
        f.attrs['size'] = np.int64(7)
        f.attrs['mean'] = np.array([0.5, 0.25], dtype='f4')
        f['soft'] = h5py.SoftLink('/a')
        f['outside'] = h5py.ExternalLink('/etc/passwd', '/a')
      """
    _ = try Other.python(script, path: scratch.path())
    let root = try File.open(at: scratch.path()).root
    #expect(try root.dataset("a/floats").read() == [0, 1, 2, 3, 4, 5] as [Float])
    #expect(try root.dataset("text").readString() == "grün")
    #expect(try root.dataset("labels").readStrings() == ["x", "yz"])
    #expect(try root.dataset("fixed").readStrings() == ["ab", "c"])
    #expect(try root.dataset("big").elementType == .other("big-endian 32-bit float"))
    #expect(try root.dataset("short").elementType == .other("16-bit unsigned integer"))
    #expect(try root.dataset("flags").elementType == .other("enumeration"))
    #expect(try root.dataset("none").read(as: Float.self) == [])
    #expect(try root.dataset("packed").filters == ["shuffle", "deflate", "fletcher32"])
    #expect(try root.dataset("packed").read() == [Double](repeating: 1, count: 2500))
    #expect(try root.dataset("unwritten").read() == [0, 0, 0, 0] as [Float])
    #expect(try root.dataset("unwritten").offset == nil)
    #expect(try root.attributeString("title") == "größer")
    #expect(try root.attributeStrings("names") == ["p", "qr"])
    #expect(try root.attributeValue("size") == Int64(7))
    #expect(try root.attributeValues("mean") == [0.5, 0.25] as [Float])
    #expect(try root.members().first { $0.name == "soft" }?.link == .soft)
    #expect(try root.members().first { $0.name == "outside" }?.link == .external)
  }
}
