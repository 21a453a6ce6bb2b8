internal import CLAPACK

/// The door to LAPACK: sizes go through, and every status is checked, here.
enum LAPACK {
  /// A size as LAPACK counts.
  ///
  /// - Throws: ``TensorError/outOfMemory(bytes:largest:)`` beyond what its 32-bit numbers and workspaces can hold.
  static func size(_ count: Int, _ call: String) throws(TensorError) -> Int32 {
    // Places in a square matrix are counted in 32 bits.
    guard count <= 46_000 else {
      throw .outOfMemory(bytes: count * count * MemoryLayout<Double>.stride, largest: call)
    }
    return Int32(count)
  }

  /// Turns a status other than 0 into an error.
  static func check(_ status: Int32, _ call: String, size: Int) throws(TensorError) {
    guard status == 0 else {
      throw .lapackRefused(call: call, status: Int(status), size: size)
    }
  }
}
