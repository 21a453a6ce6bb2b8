/// What can go wrong with models of other tools' formats.
public enum ExchangeError: Error, Hashable, Sendable {
  /// The model lacks a network.
  case noPart(model: String, part: String, reason: String)
  /// A checkpoint does not tell its networks.
  case noGraph(file: String)
  /// A network names a weight that its checkpoint lacks, or has in another shape.
  case weightMissing(model: String, weight: String)
  /// A weight is no plain range of bytes, so that another file cannot point to it.
  case notAByteRange(file: String, weight: String)
  /// A file that points into a checkpoint is to lie in another folder.
  case notBesideCheckpoint(path: String, folder: String)
  /// An ONNX file would be larger than the format allows.
  case tooLargeForONNX(path: String, bytes: Int)
  /// A network has an operator that no layer of Keras tells.
  case notInKeras(operation: String, layer: String, reason: String)
  /// The file is none of safetensors.
  case notSafetensors(file: String)
  /// The file is PyTorch's, which runs code when it is opened.
  case pickle(file: String)
  /// A part of a file cannot be understood.
  case malformed(file: String, reason: String)
  /// A tensor is not made of numbers that become float32.
  case unsupportedType(file: String, tensor: String, type: String)
  /// The text is no renaming of weights.
  case badRenaming(String)
  /// The tensors of a file are not the weights of the model.
  case weightsDoNotFit(file: String, report: ImportReport)
}

extension ExchangeError: CustomStringConvertible {
  public var description: String { exportDescription ?? importDescription }

  private var exportDescription: String? {
    switch self {
    case .noPart(let model, let part, let reason):
      return "\(model) has no \(part) that can be exported: \(reason)"
    case .noGraph(let file):
      return "\(file) does not tell its networks, it was written before format 1.0; train it anew"
    case .weightMissing(let model, let weight):
      return "\(model): the weight \(weight) is missing or has another shape than the network; "
        + "look at the checkpoint with `latentzoo verify`"
    case .notAByteRange(let file, let weight):
      return "\(file): \(weight) is no plain range of bytes of the file; export without --external"
    case .notBesideCheckpoint(let path, let folder):
      return
        "\(path) cannot hold its weights in a checkpoint of another folder, which ONNX Runtime "
        + "refuses to read: write it to \(folder), or export without --external"
    case .tooLargeForONNX(let path, let bytes):
      return "\(path) would have \(bytes >> 20) MiB, and an ONNX file ends at 2 GiB; "
        + "export with --external"
    case .notInKeras(let operation, let layer, let reason):
      return
        "\(operation)\(layer.isEmpty ? "" : " of \(layer)") cannot be told in layers of Keras: "
        + "\(reason); export as onnx, which takes every network"
    default: return nil
    }
  }

  private var importDescription: String {
    switch self {
    case .notSafetensors(let file):
      return "\(file) is no safetensors file; write one with the package safetensors, as "
        + "`safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")`"
    case .pickle(let file):
      return "\(file) is a pickle, which may run any code when it is opened; convert it where you "
        + "trust it: `import torch, safetensors.torch`, `weights = torch.load(\"\(file)\", "
        + "map_location=\"cpu\", weights_only=True)`, "
        + "`safetensors.torch.save_file(weights, \"model.safetensors\")`"
    case .malformed(let file, let reason):
      return "\(file): \(reason); the file is damaged or was made by another program"
    case .unsupportedType(let file, let tensor, let type):
      let known = SafetensorsType.allCases.map(\.rawValue).joined(separator: ", ")
      return "\(file): \(tensor) is made of \(type) elements; weights are \(known)"
    case .badRenaming(let text):
      return "\"\(text)\" renames nothing: write old=new, such as module.= or "
        + "fc1=encoder/head"
    case .weightsDoNotFit(let file, let report):
      return "\(file): the weights do not fit the model: \(report.faults.joined(separator: "; "))"
        + (report.suggestedRenaming.map { "; try --map \($0)" } ?? "")
    default: return "the model cannot be exchanged"
    }
  }
}

extension ImportReport {
  /// All that does not fit, in words.
  fileprivate var faults: [String] {
    var faults: [String] = []
    if !missing.isEmpty { faults.append("missing " + missing.joined(separator: ", ")) }
    if !unexpected.isEmpty { faults.append("unexpected " + unexpected.joined(separator: ", ")) }
    return faults
      + misshapen.map { weight in
        "\(weight.weight) has shape \(Shape(weight.found)) instead of \(Shape(weight.expected))"
          + (weight.isTransposed ? ", it lies transposed" : "")
      }
  }
}
