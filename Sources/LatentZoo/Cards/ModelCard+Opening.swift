extension ModelCard {
  /// How to open the model in each tool.
  var opening: String {
    let parts = [
      ("The command", MarkdownText.block("sh", commandLines)),
      ("Python", MarkdownText.block("python", pythonLines)), ("Swift", swiftBlock),
      ("ONNX", MarkdownText.block("sh", ["latentzoo export \(name) --format onnx"])),
    ]
    return "## How to open it\n\n"
      + parts.map { "### \($0.0)\n\n\($0.1)" }.joined(separator: "\n\n")
  }

  /// The name on a command line; nothing that a shell could take for something else.
  private var name: String {
    do {
      return try ModelName(record.name).text
    } catch {
      return "MODEL"
    }
  }

  /// The data on a command line.
  private var source: String {
    let isPlain = record.data.source.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || ":._/-".utf8.contains(byte)
    }
    return isPlain && !record.data.source.isEmpty ? record.data.source : "DATA"
  }

  private var commandLines: [String] {
    var lines = [
      "latentzoo info \(name)", "latentzoo verify \(name) --full",
      "latentzoo encode \(name) --data \(source) --out codes.npy",
    ]
    guard hasDecoder else { return lines }
    lines.append("latentzoo decode \(name) codes.npy --out decoded.npy")
    if record.prior != .fitted || hasDensity {
      let ending = DataFile.isDrawable(record.specification.dataShape) ? "png" : "npy"
      lines.append("latentzoo sample \(name) --out samples.\(ending)")
    }
    return lines
  }

  private var pythonLines: [String] {
    let shape = (["N"] + record.specification.dataShape.dimensions.map(String.init))
      .joined(separator: ", ")
    var lines = [
      "from latentzoo import load    # checkpoints/readers/latentzoo.py: numpy and h5py, no more",
      "",
      "model = load(\"\(name).h5\")",
      "codes = model.encode(x)       # float32 [\(shape)] to [N, \(record.latentSize)]",
    ]
    if hasDecoder { lines.append("x = model.decode(codes)") }
    return lines
  }

  private var swiftBlock: String {
    guard let swiftTypes else {
      return
        "The family \(MarkdownText.code(record.specification.family)) is not installed where this "
        + "card was written."
    }
    let types = [swiftTypes.family, swiftTypes.backbone]
    let modules = Set(types.compactMap { $0.split(separator: ".").first.map(String.init) })
    let names = types.map { $0.split(separator: ".").last.map(String.init) ?? $0 }
    return MarkdownText.block(
      "swift",
      (modules.union(["LatentZoo"])).sorted().map { "import \($0)" } + [
        "", "let registry = Registry()",
        "try registry.register(\(names[0]).self, provider: \"LatentZoo\")",
        "try registry.register(backbone: \(names[1]).self, provider: \"LatentZoo\")",
        "let model = try Checkpoint.read(at: try Zoo().path(of: \"\(name)\"), registry: registry)",
        "let codes = try model.encode(examples)",
      ])
  }
}
