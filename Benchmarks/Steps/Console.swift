#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output that a waiting reader sees at once.
enum Console {
  static func print(_ line: String) {
    Swift.print(line)
    fflush(nil)
  }
}
