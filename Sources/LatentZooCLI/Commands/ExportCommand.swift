import ArgumentParser
import LatentZoo

/// `latentzoo export`: a model for other tools.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a model in the format of another tool.",
    discussion: """
      onnx writes NAME.encoder.onnx and NAME.decoder.onnx, for ONNX Runtime and its
      like. Inputs are x [N, ...shape of the data], and labels [N] where the encoder
      takes classes, or z [N, latent size].
      With --external these files are tiny: their weights stay in the checkpoint. They
      have to lie beside it, where they are written by default, because ONNX Runtime
      refuses weights outside the model's folder; export again when the checkpoint was
      written anew.

      safetensors writes the weights to NAME.safetensors, under the names of PyTorch's
      state_dict.

      keras writes NAME.keras.h5, the whole autoencoder or one --part of it, for
      keras.models.load_model of Keras 3: every network but the recurrent ones, in
      Keras' own layers. Images keep their channels first; where the encoder takes
      classes, labels [N] are a second input. What cannot be told is named and refused.

      Files are written as a whole or not at all. The family need not be installed.

      EXAMPLES:
        latentzoo export vae-digits --format onnx
        latentzoo export vae-digits --format onnx --part encoder -o encoder.onnx
        latentzoo export vae-digits --format onnx --external
        latentzoo export vae-digits --format safetensors -o weights/ --force
        latentzoo export conv-vae-digits --format keras --part decoder -o decoder.h5
      """)

  @Argument(help: "Name or path of the model.")
  var name: String

  @Option(help: ArgumentHelp("What to write.", valueName: "format"))
  var format: ExportFormat

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "File to write, or folder to write to (default: the current one).", valueName: "path"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Write one network only: encoder, decoder, or another function of the checkpoint's graph, such "
        + "as posterior.", valueName: "part"))
  var part: NetworkPart?

  @Flag(help: "Leave the weights of an ONNX file in the checkpoint.")
  var external = false

  @Flag(help: "Name weights with slashes, as in the checkpoint.")
  var slashes = false

  @Flag(help: "Replace files that are there.")
  var force = false

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if external, format != .onnx { throw ValidationError("--external belongs to --format onnx") }
    if slashes, format != .safetensors {
      throw ValidationError("--slashes belongs to --format safetensors")
    }
    if part != nil, format == .safetensors {
      throw ValidationError("--part chooses a network; --format safetensors writes all weights")
    }
    if out == "" || out == "-" { throw ValidationError("--out needs the name of a file or folder") }
  }

  func run() throws {
    let exporter = try ModelExporter(checkpoint: try zoo.existingZoo().path(of: name))
    let plan = try ExportPlan(
      exporter, as: format, part: part, to: out, isBesideCheckpoint: external)
    let replaced = try plan.checkFiles(mayReplace: force)
    for file in plan.files { try write(file, with: exporter) }
    let report = try ExportReport(exporter, plan, format, replaced: replaced)
    if output.json {
      try output.console.print(json: report)
    } else {
      try output.console.print(report.text)
    }
  }

  private func write(_ file: ExportPlan.File, with exporter: ModelExporter) throws {
    switch format {
    case .onnx:
      for part in file.parts {
        try exporter.writeONNX(part, to: file.path, hasExternalWeights: external)
      }
    case .safetensors:
      try exporter.writeSafetensors(to: file.path, separator: slashes ? "/" : ".")
    case .keras:
      try exporter.writeKeras(file.parts, to: file.path)
    }
  }
}

/// The formats of other tools.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
  case onnx, safetensors, keras

  /// How the names of its files end, the usual ending first.
  var endings: [String] {
    switch self {
    case .onnx, .safetensors: ["." + rawValue]
    case .keras: [".keras.h5", ".h5", ".hdf5"]
    }
  }
}

extension NetworkPart: ExpressibleByArgument {}
