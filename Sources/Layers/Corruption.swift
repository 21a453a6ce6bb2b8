public import Tensors

/// Damage done to data on purpose, for a denoising autoencoder to repair (Vincent et al. 2010,
/// https://jmlr.org/papers/v11/vincent10a.html).
///
/// Shape: any `[B, ...]`, and the same. Of images `[B, C, H, W]` whole pixels are damaged, all channels together. Fresh random
/// numbers at each run.
public struct Corruption: Codable, Hashable, Sendable {
  /// What is done; the raw value is its name in configurations and on the command line.
  public enum Kind: String, Choice {
    /// Nothing.
    case none
    /// Normal numbers are added; the amount is their deviation.
    case gaussian
    /// Elements become 0; the amount is the probability of each.
    case masking
    /// Squares of 0 at random places of an image; the amount is their side as a share of the image's shorter side.
    case squares
    /// Elements become 0 or 1, either as often; the amount is the probability of each.
    case saltAndPepper
  }

  /// What is done.
  public var kind: Kind
  /// How much: see the kinds.
  public var amount: Double
  /// Number of ``Kind/squares`` in an image; they may overlap.
  public var squareCount: Int

  /// No damage.
  public static let none = Corruption(.none, amount: 0)

  /// Makes a corruption.
  public init(_ kind: Kind, amount: Double, squareCount: Int = 1) {
    (self.kind, self.amount, self.squareCount) = (kind, amount, squareCount)
  }

  /// Why the numbers do not suit the kind, such as "lies in 0...1"; `nil` where they do.
  public var complaint: (key: String, requirement: String)? {
    switch kind {
    case .none: return nil
    case .gaussian:
      return amount >= 0 && amount.isFinite ? nil : ("amount", "must not be negative")
    case .masking, .saltAndPepper, .squares:
      guard (0...1).contains(amount) else { return ("amount", "lies in 0...1") }
      guard kind != .squares || (1...1000).contains(squareCount) else {
        return ("squares", "lies in 1...1000")
      }
      return nil
    }
  }

  /// Records the damage.
  ///
  /// - Precondition: ``complaint`` is `nil`; `x` is images `[B, C, H, W]` for ``Kind/squares``.
  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    if let complaint { preconditionFailure("the \(complaint.key) \(complaint.requirement)") }
    let places = x.shape.rank == 4 ? x.shape.keeping(channels: 1) : x.shape
    let amount = Float(amount)
    switch kind {
    case .none: return x
    case .gaussian: return x + pass.normal(x.shape) * Tensor(amount)
    case .masking:
      return Tensor.where(pass.uniform(places) < Tensor(amount), 0, x)
    case .squares:
      return (0..<squareCount).reduce(x) { y, _ in
        Tensor.where(square(in: x.shape, using: &pass), 0, y)
      }
    case .saltAndPepper:
      let draw = pass.uniform(places)
      let extreme = draw < Tensor(amount / 2)
      return Tensor.where(draw < Tensor(amount), extreme, x)
    }
  }

  /// 1 inside a square at a random place of each image, `[B, 1, H, W]`; it lies wholly in the image.
  private func square(in images: Shape, using pass: inout Pass) -> Tensor {
    precondition(images.rank == 4, "squares need images [B, C, H, W], got \(images)")
    let (height, width) = (images[2], images[3])
    let side = max(1, Int((amount * Double(min(height, width))).rounded()))
    let rows = Self.inside(extent: height, side, of: images[0], using: &pass)
    let columns = Self.inside(extent: width, side, of: images[0], using: &pass)
    return rows.reshaped(to: [images[0], 1, height, 1])
      .and(columns.reshaped(to: [images[0], 1, 1, width]))
  }

  /// 1 at `side` neighbouring places from a random one on, `[count, extent]`.
  private static func inside(
    extent: Int, _ side: Int, of count: Int, using pass: inout Pass
  ) -> Tensor {
    let indices = Tensor(NDArray((0..<extent).map(Float.init), shape: [1, extent]))
    // The first place is the whole part of this; so a place is inside where it is above it by more than -1, at most side - 1.
    let start = pass.uniform([count, 1]) * Tensor(Float(extent - side + 1))
    let distance = indices - start
    return (distance > -1).and(distance <= Tensor(Float(side - 1)))
  }
}

extension Shape {
  /// The shape of images with another number of channels.
  fileprivate func keeping(channels: Int) -> Shape { [self[0], channels, self[2], self[3]] }
}
