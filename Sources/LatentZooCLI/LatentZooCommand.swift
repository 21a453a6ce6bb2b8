import ArgumentParser
import LatentZoo

/// The command `latentzoo`: parses, runs a subcommand, and turns whatever happens into an exit status.
@main
struct LatentZooCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "latentzoo",
    abstract: "Train, keep and use autoencoders by name.",
    discussion: """
      EXAMPLES:
        latentzoo train vae --data digits
        latentzoo list
        latentzoo info vae-digits

      A model's NAME is looked up in --zoo DIR, then in the folders of
      $LATENTZOO_PATH, in ./checkpoints and in the user's data folder; a name
      with a slash or ending in .h5 is the path of a file.
      """,
    version: "latentzoo \(libraryVersion)",
    subcommands: [
      TrainCommand.self, ListCommand.self, InfoCommand.self, VerifyCommand.self, DoctorCommand.self,
      EvaluateCommand.self, ReconstructCommand.self, SampleCommand.self, EncodeCommand.self,
      DecodeCommand.self, DataCommand.self, NeighboursCommand.self, ExpandCommand.self,
      CardCommand.self, DiffCommand.self,
      ExportCommand.self, ImportCommand.self, PluginCommand.self,
    ])

  static func main() {
    Signals.prepare()
    CommandRunner.run(Array(CommandLine.arguments.dropFirst()))
  }
}
