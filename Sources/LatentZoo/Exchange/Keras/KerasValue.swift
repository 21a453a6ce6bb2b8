/// A value on its way through Keras layers.
struct KerasValue {
  /// The layer that gives it.
  let layer: String
  /// Its shape in our network, without the batch.
  var shape: [Int]
  /// Whether Keras has it as `[H, W, C]` where we have `[C, H, W]`.
  var isChannelsLast = false
}
