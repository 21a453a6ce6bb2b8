import HDF5
import Testing

@Suite struct ConcurrencyTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `Several tasks read one file`() async throws {
    let file = try scratch.reopened { root in
      for index in 0..<8 {
        let values = [Int32](repeating: Int32(index), count: 1000)
        try root.write(values, shape: [1000], to: "g/\(index)")
      }
    }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for round in 0..<64 {
        group.addTask {
          let index = Int32(round % 8)
          let dataset = try file.root.dataset("g/\(index)")
          return try dataset.read(as: Int32.self).allSatisfy { $0 == index }
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test func `Several tasks write one file`() async throws {
    let file = try File.create(at: scratch.path())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<32 {
        group.addTask {
          let values = [Int32](repeating: Int32(index), count: 100)
          try file.root.createGroup("\(index)").write(values, shape: [100], to: "x")
        }
      }
      try await group.waitForAll()
    }
    #expect(try file.root.members().count == 32)
    #expect(try file.root.dataset("31/x").read(rows: 0..<1) == [31] as [Int32])
  }

  @Test func `Errors of several tasks do not mix`() async throws {
    let file = try scratch.reopened { try $0.createGroup("a") }
    let path = scratch.path()
    await withTaskGroup(of: HDF5Error?.self) { group in
      for index in 0..<64 {
        group.addTask {
          do throws(HDF5Error) {
            _ = try file.root.createGroup("new \(index)")
            return nil
          } catch {
            return error
          }
        }
      }
      var objects: Set<String> = []
      for await error in group {
        guard case .library("H5Gcreate2", path, let object, "no write intent on file") = error
        else {
          Issue.record("\(String(describing: error))")
          continue
        }
        objects.insert(object)
      }
      #expect(objects.count == 64)
    }
  }

  @Test func `Closing while others read gives errors, not crashes`() async throws {
    let file = try scratch.reopened { root in
      try root.write([Int32](repeating: 1, count: 1000), shape: [1000], to: "x")
    }
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<32 {
        group.addTask {
          do {
            if index == 16 { try file.close() }
            let dataset = try file.root.dataset("x")
            #expect(try dataset.read(as: Int32.self).count == 1000)
          } catch {
            #expect(error is HDF5Error)
          }
        }
      }
    }
  }
}
