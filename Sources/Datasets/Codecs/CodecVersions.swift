internal import CPNG
internal import CZlib

/// Releases of the libraries that unpack files.
public enum CodecVersions {
  /// The libpng release in use, such as "1.6.39".
  public static var libpng: String {
    let number = Int(png_access_version_number())
    return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
  }

  /// The zlib release in use, such as "1.2.13".
  public static var zlib: String { zlibVersion().map { String(cString: $0) } ?? "unknown" }
}
