/// What a training gives.
public struct TrainedModel {
  /// The model with its history, density and metrics.
  public let model: Model
  /// Images and their reconstructions; `nil` for data that cannot be drawn.
  public let preview: PreviewPairs?
  /// The checkpoint file, where there is one.
  public let path: String?
  /// The best weights of the training, where they were asked for and saved.
  public let best: BestModel?
  /// Whether the checkpoint keeps what it takes to go on.
  public let canResume: Bool
}

/// The weights of the epoch with the least validation loss, a model of its own.
public struct BestModel: Codable, Hashable, Sendable {
  /// Its name: that of the training with `.best` after it.
  public let name: String
  /// The epoch, counted from 1.
  public let epoch: Int
  /// The loss of the family's first objective on the held-back examples.
  public let loss: Double
  /// The checkpoint file.
  public let path: String
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
  /// Training failed after a checkpoint was saved, with so many epochs complete.
  case failed(reason: String, epoch: Int, checkpoint: String)
}

extension TrainingJobError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .failed(let reason, let epoch, let checkpoint):
      "\(reason); the model as it was saved last, with \(epoch) epochs complete, is at \(checkpoint)"
    }
  }
}
