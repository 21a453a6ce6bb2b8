internal import CHDF5
import Synchronization

/// Owner of one HDF5 identifier: closes it when the last reference goes.
///
/// Handles of groups, datasets and attributes keep their file's handle alive, so a file stays open as
/// long as anything in it is in use, unless it is closed by name.
final class Handle: Sendable {
  /// What an identifier stands for, hence how it is closed.
  enum Kind: Sendable {
    case file, group, dataset, attribute, type, space, propertyList
  }

  /// File and object, for errors.
  let place: Place
  /// The handle of the file this belongs to; nil for files themselves and for what has no file.
  let file: Handle?
  private let kind: Kind
  private let identifier: Atomic<hid_t>

  /// Mark of a handle that was closed. HDF5 never hands out this number.
  private static let closed: hid_t = -1

  /// Adopts an identifier: from here on this handle closes it.
  init(adopting identifier: hid_t, _ kind: Kind, _ place: Place, in file: Handle? = nil) {
    self.identifier = Atomic(identifier)
    self.kind = kind
    self.place = place
    self.file = file
  }

  deinit {
    // Nobody is left to hear about a failure here; `File.close()` is for those who want to.
    do { try close() } catch {}
  }

  /// Whether neither this nor its file has been closed.
  var isOpen: Bool {
    identifier.load(ordering: .acquiring) != Handle.closed && (file?.isOpen ?? true)
  }

  /// The identifier, borrowed: the caller must not close it.
  ///
  /// - Throws: `HDF5Error.closed`.
  func id() throws(HDF5Error) -> hid_t {
    guard isOpen else { throw .closed(file: place.file, object: place.object) }
    return identifier.load(ordering: .acquiring)
  }

  /// Closes the identifier now; later calls do nothing.
  ///
  /// - Throws: `HDF5Error.library` or `HDF5Error.diskFull`; the handle counts as closed even so.
  func close() throws(HDF5Error) {
    // Closing a file closes all in it, so what is left of a closed file must not be closed again.
    let wasOpen = isOpen
    let id = identifier.exchange(Handle.closed, ordering: .acquiringAndReleasing)
    guard wasOpen, id != Handle.closed else { return }
    switch kind {
    case .file: try Door.call("H5Fclose", place) { chdf5_close_file(id) }
    case .group: try Door.call("H5Gclose", place) { H5Gclose(id) }
    case .dataset: try Door.call("H5Dclose", place) { H5Dclose(id) }
    case .attribute: try Door.call("H5Aclose", place) { H5Aclose(id) }
    case .type: try Door.call("H5Tclose", place) { H5Tclose(id) }
    case .space: try Door.call("H5Sclose", place) { H5Sclose(id) }
    case .propertyList: try Door.call("H5Pclose", place) { H5Pclose(id) }
    }
  }
}
