internal import HDF5
import Synchronization

extension Fingerprint {
  /// Takes the fingerprints of datasets, on several threads; of a text, that of its UTF-8 bytes.
  ///
  /// - Parameter memory: where the elements of each are to be kept, or nothing.
  /// - Returns: what came of each, in their order; no digest has been compared with what it should be.
  static func take(
    of datasets: [PlainDataset], into memory: [Storage]? = nil
  ) -> [Result<Fingerprint, HDF5Error>] {
    let found = Mutex([Int: Result<Fingerprint, HDF5Error>]())
    Concurrently.share(datasets, costs: datasets.map(\.byteCount)) { next in
      take(
        of: {
          while let (place, dataset) = next() {
            guard dataset.elementType == .string else {
              return DatasetBlocks(dataset, into: memory?[place], place: place)
            }
            let outcome = text(in: dataset)
            found.withLock { $0[place] = outcome }
          }
          return nil
        },
        done: { source, outcome in found.withLock { $0[source.place] = outcome } })
    }
    let outcomes = found.withLock { $0 }
    return datasets.indices.compactMap { outcomes[$0] }
  }

  private static func text(in dataset: PlainDataset) -> Result<Fingerprint, HDF5Error> {
    Result { () throws(HDF5Error) in
      Fingerprint(
        sha256: try dataset.digest(SHA256Digest()), count: dataset.byteCount, areFinite: true)
    }
  }
}
