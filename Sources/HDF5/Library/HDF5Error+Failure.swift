import Glibc

extension HDF5Error {
  /// Turns what HDF5 says about a failed call into an error.
  init(failure: Failure, call: String, place: Place) {
    switch failure.errorNumber {
    case ENOSPC, EFBIG, EDQUOT:
      self = .diskFull(file: place.file, object: place.object, reason: failure.reason)
    case EACCES, EPERM, EROFS:
      self = .permissionDenied(file: place.file)
    default:
      self = .library(
        call: call, file: place.file, object: place.object, reason: failure.reason)
    }
  }
}
