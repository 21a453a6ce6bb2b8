import Foundation
import Glibc
import HDF5
import Testing

/// Each in a process of its own, whose files may not grow beyond a limit.
@Suite struct FullDiskTests {
  @Test func `A full disk while writing is told as such`() async {
    await #expect(processExitsWith: .success) {
      let scratch = try Scratch()
      limitFiles(to: 100_000)
      let file = try File.create(at: scratch.path())
      let error = #expect(throws: HDF5Error.self) {
        try file.root.write([Float](repeating: 1, count: 100_000), shape: [100_000], to: "x")
      }
      #expect(
        error?.description
          == "'\(scratch.path())' cannot grow while writing '/x' (File too large); "
          + "free some space and write it again.")
    }
  }

  @Test func `A full disk while closing is told as such`() async {
    await #expect(processExitsWith: .success) {
      let scratch = try Scratch()
      let file = try File.create(at: scratch.path())
      try file.root.write([UInt8](repeating: 1, count: 100), shape: [100], to: "x")
      limitFiles(to: 50)
      #expect(
        throws: HDF5Error.diskFull(
          file: scratch.path(), object: "/", reason: "File too large")
      ) { try file.close() }
      try file.close()
    }
  }

  @Test func `After a full disk other files can still be written`() async {
    await #expect(processExitsWith: .success) {
      let scratch = try Scratch()
      let file = try File.create(at: scratch.path())
      limitFiles(to: 10_000)
      #expect(throws: HDF5Error.self) {
        try file.root.write([UInt8](repeating: 1, count: 200_000), shape: [200_000], to: "x")
      }
      #expect(throws: HDF5Error.self) { try file.close() }
      let other = try scratch.reopened("other.h5") {
        try $0.write([1] as [UInt8], shape: [1], to: "x")
      }
      #expect(try other.root.dataset("x").read() == [1] as [UInt8])
    }
  }
}

/// Lets no file of this process grow beyond a size in bytes; writing more fails instead of ending it.
private func limitFiles(to bytes: UInt) {
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
  #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
}
