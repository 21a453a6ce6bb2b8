internal import CKernels

/// From bytes, as images are stored, to float32.
package enum ByteScaling {
  /// Writes `source[i] / divisor` to `target[i]`, correctly rounded.
  ///
  /// - Precondition: `target` has room for `count` numbers.
  package static func divide(
    _ source: UnsafePointer<UInt8>, by divisor: Float, into target: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    lz_scale_bytes(source, target, Int64(count), divisor)
  }
}
