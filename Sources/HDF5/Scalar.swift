/// A number that datasets and attributes can hold: `Float`, `Double`, `Int64`, `Int32`, `UInt8`.
///
/// No conversion takes place between them: a `Float` is read from and written to float32 only.
public protocol Scalar: Sendable, BitwiseCopyable {
  /// The type of these numbers in a file.
  static var elementType: ElementType { get }
}

extension Float: Scalar {
  /// float32.
  public static var elementType: ElementType { .float32 }
}

extension Double: Scalar {
  /// float64.
  public static var elementType: ElementType { .float64 }
}

extension Int64: Scalar {
  /// int64.
  public static var elementType: ElementType { .int64 }
}

extension Int32: Scalar {
  /// int32.
  public static var elementType: ElementType { .int32 }
}

extension UInt8: Scalar {
  /// uint8.
  public static var elementType: ElementType { .uint8 }
}
