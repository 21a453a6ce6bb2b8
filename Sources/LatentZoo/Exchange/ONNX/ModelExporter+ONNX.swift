import Foundation

extension ModelExporter {
  /// Writes a part as an ONNX model.
  ///
  /// - Parameters:
  ///   - part: the network.
  ///   - path: the `.onnx` file, which is replaced.
  ///   - hasExternalWeights: whether the weights stay in the checkpoint, which must then lie in the folder that is written
  ///     to. They are found by their place in it, so that the checkpoint must not be rewritten.
  /// - Throws: ``ExchangeError``, `DatasetError`, ``CheckpointError`` or what HDF5 says; a file that is there stays as it
  ///   was.
  public func writeONNX(
    _ part: NetworkPart, to path: String, hasExternalWeights: Bool = false
  ) throws {
    let function = try function(part)
    let weights =
      hasExternalWeights
      ? try externalWeights(from: path)
      : .inside(try self.weights(named: function.weights.map(\.name)))
    let model = ONNXModel(
      name: "\(record.name).\(part.rawValue)", function: function, weights: weights,
      summary: summary(of: part), metadata: try metadata())
    try model.write(to: path)
  }

  /// The weights as places in the checkpoint, for a file that will lie beside it.
  private func externalWeights(from target: String) throws(ExchangeError) -> ONNXModel.Weights {
    // Links are followed: ONNX Runtime refuses weights whose true place is outside the model's folder.
    let checkpoint = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let folder = checkpoint.deletingLastPathComponent()
    let wanted = URL(fileURLWithPath: target).deletingLastPathComponent().resolvingSymlinksInPath()
    guard wanted.path == folder.path else {
      throw .notBesideCheckpoint(path: target, folder: folder.path)
    }
    var offsets: [String: Int] = [:]
    for tensor in tensors {
      guard let offset = tensor.byteOffset else {
        throw .notAByteRange(file: path, weight: tensor.path)
      }
      offsets[tensor.path] = offset
    }
    return .external(file: checkpoint.lastPathComponent, offsets: offsets)
  }
}
