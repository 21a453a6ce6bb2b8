/// Size and channels of a picture, as its header declares them.
struct PictureFormat: Hashable, Sendable {
  /// Columns in pixels.
  let width: Int
  /// Rows in pixels.
  let height: Int
  /// 1 for grey, 3 for red, green and blue.
  let channels: Int
}
