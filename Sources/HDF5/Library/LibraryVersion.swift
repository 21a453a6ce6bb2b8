internal import CHDF5

/// The HDF5 library in use.
public enum LibraryVersion {
  /// Its release, such as "1.10.8".
  ///
  /// - Throws: `library`.
  public static func current() throws(HDF5Error) -> String {
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    let place = Place(file: "", object: "/")
    try Door.call("H5get_libversion", place) { H5get_libversion(&major, &minor, &release) }
    return "\(major).\(minor).\(release)"
  }
}
