import Foundation
import LatentZoo
import Testing

/// The bytes of all weights of a checkpoint, found by the offsets that `info` shows.
func storedWeights(of path: String) throws -> Data {
  let file = try Data(contentsOf: URL(fileURLWithPath: path))
  var weights = Data()
  for tensor in try Checkpoint.readContents(at: path).tensors {
    let start = try #require(tensor.byteOffset)
    weights += file[start..<start + 4 * tensor.count]
  }
  return weights
}

/// Waits until something is so, 30 seconds at most.
func waitFor(_ condition: () throws -> Bool) throws {
  for _ in 0..<3000 {
    if try condition() { return }
    usleep(10_000)
  }
  Issue.record("waited in vain")
}
