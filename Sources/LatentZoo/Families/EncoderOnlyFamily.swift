/// A family whose codes cannot be turned back into data: it trains an encoder against something else than its input.
///
/// Models of it encode; decoding, reconstructing and sampling throw ``ModelError/noDecoder(model:)``.
public protocol EncoderOnlyFamily: ModelFamily {}

extension EncoderOnlyFamily {
  /// Never called: whoever decodes asks first whether there is a decoder.
  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    preconditionFailure("\(Self.card.identifier) has no decoder")
  }

  public func measures(
    of batch: Batch, using pass: inout Pass
  ) -> [(name: String, value: Tensor)] { [] }
}
