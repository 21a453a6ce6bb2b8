/// Which normalisation follows the convolutions of a network.
public enum Normalization: String, Choice {
  /// Nothing follows.
  case none
  /// Over the batch: ``BatchNorm``.
  case batch
  /// Each example by itself: ``GroupNorm``, of as many groups as divide the channels, at most eight.
  case group

  /// Makes the layer for maps of some channels; `nil` for ``none``.
  ///
  /// - Precondition: there is a channel.
  public func makeLayer(channels: Int) -> (any Layer)? {
    switch self {
    case .none: return nil
    case .batch: return BatchNorm(channels: channels)
    case .group:
      let groups = (1...8).last { channels.isMultiple(of: $0) }
      return GroupNorm(groups: groups ?? 1, channels: channels)
    }
  }
}
