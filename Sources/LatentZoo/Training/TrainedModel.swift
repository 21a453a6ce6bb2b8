/// What a training gives.
public struct TrainedModel {
  /// The model with its history, density and metrics.
  public let model: Model
  /// Images and their reconstructions; `nil` for data that cannot be drawn.
  public let preview: PreviewPairs?
  /// The checkpoint file, where there is one.
  public let path: String?
}

/// A few images and what a model makes of them.
public struct PreviewPairs: Sendable {
  /// `[N, C, H, W]`, `N` from 1 to 8, pixels in `[0, 1]`.
  public let originals: NDArray
  /// `[N, C, H, W]`
  public let reconstructions: NDArray

  /// The originals in one row, the reconstructions below them.
  ///
  /// - Throws: `DatasetError`.
  public func picture(_ layout: ImageGrid = ImageGrid(columns: 8)) throws -> Picture {
    try layout.picture(pairing: originals, with: reconstructions)
  }
}

/// What can go wrong once a training job is under way.
public enum TrainingJobError: Error, Hashable, Sendable {
  /// Training failed after a checkpoint was saved.
  case failed(reason: String, epoch: Int, checkpoint: String)
}

extension TrainingJobError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .failed(let reason, let epoch, let checkpoint):
      "\(reason); the model as it was after epoch \(epoch) is at \(checkpoint)"
    }
  }
}
