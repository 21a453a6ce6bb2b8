import Foundation
import Testing

extension CommandTests {
  /// Each plugin that cannot be trusted is left out with a sentence, and the command goes on without it.
  @Suite struct PluginRefusalTests {
    /// A home with a copy of the installed plugin `ladder`.
    private func homeWithCopy() throws -> PluginHome {
      let (maker, home) = (try PluginHome.withLadder(), try PluginHome())
      try home.take("plugins", from: maker)
      return home
    }

    /// What the command says of a plugin it leaves out.
    private func note(_ home: PluginHome, mood: String = "") throws -> String {
      let run = try home.succeed("list", "--families", mood: mood)
      #expect(run.output.contains("\nvae "), "\(run)")
      #expect(!run.output.contains("\nladder ") && !run.output.contains("\nmoody "), "\(run)")
      return run.messages
    }

    @Test(
      "A library that was damaged, swapped or opened to others is left out",
      arguments: [
        ("truncate -s 1000 ladder/libladder.so", "is not the library that the manifest"),
        (
          "printf x | dd of=ladder/libladder.so bs=1 seek=5000 conv=notrunc status=none",
          "another SHA-256"
        ),
        ("mv ladder/libladder.so ladder/other.so", "libladder.so is missing"),
        ("mv ladder other", "nobody installed the plugin in"),
        ("chmod o+w ladder/libladder.so", "can be changed by others; run chmod go-w"),
        ("chmod g+w ladder/plugin.json", "can be changed by others; run chmod go-w"),
        ("chmod o+w ladder", "can be changed by others; run chmod go-w"),
        ("chmod o+w .", "can be changed by others; run chmod go-w"),
        ("chmod o+w installed.json", "can be changed by others; run chmod go-w"),
        ("mv ladder/libladder.so l.so && ln -s ../l.so ladder/libladder.so", "is a link"),
        ("rm installed.json", "nobody installed the plugin in"),
        ("rm ladder/plugin.json", "plugin.json is missing"),
        ("echo '{' > ladder/plugin.json", "is not the JSON of a plugin's manifest"),
        ("sed -i 's/0.1.0/0.2.0/' ladder/plugin.json", "is not the manifest that was installed"),
        ("echo nonsense > installed.json", "is not the record of what is installed"),
      ])
    func tampered(_ damage: String, _ complaint: String) throws {
      let home = try homeWithCopy()
      let done = try runShell("cd '\(home.plugins)' && \(damage)")
      try #require(done.status == 0, "\(done)")
      let said = try note(home)
      #expect(said.contains("is left out:") && said.contains(complaint), "\(said)")
      #expect(try home.succeed("plugin", "list").messages.contains(complaint))
    }

    @Test(
      "A plugin that was built for something else says for what",
      arguments: [
        (
          "interface", "\"interface\" : 1", "\"interface\" : 2",
          "another plugin interface (2, this is 1)"
        ),
        ("compiler", "\"compiler\" : \"6", "\"compiler\" : \"5", "another compiler (5"),
        ("modules", "\"modules\" : \"", "\"modules\" : \"0", "another build of latentzoo (0"),
      ])
    func otherStamp(_ what: String, _ old: String, _ new: String, _ complaint: String) throws {
      let home = try homeWithCopy()
      // As if it had been installed like that.
      let manifest = URL(fileURLWithPath: "\(home.plugins)/ladder/plugin.json")
      let text = try String(contentsOf: manifest, encoding: .utf8)
      let changed = text.replacingOccurrences(of: old, with: new)
      try #require(changed != text, "\(text)")
      let former = try digest(of: manifest.path)
      try Data(changed.utf8).write(to: manifest)
      let record = URL(fileURLWithPath: "\(home.plugins)/installed.json")
      let installed = try String(contentsOf: record, encoding: .utf8)
        .replacingOccurrences(of: former, with: try digest(of: manifest.path))
      try Data(installed.utf8).write(to: record)
      let said = try note(home)
      #expect(said.contains(complaint) && said.contains("latentzoo plugin build DIR"), "\(said)")
    }

    private func digest(of path: String) throws -> String {
      let run = try runShell("sha256sum '\(path)'")
      return String(try #require(run.output.split(separator: " ").first))
    }

    /// A plugin that does what the environment says while it registers.
    private static let moody = """
      import Foundation
      import LatentZoo

      let mood = ProcessInfo.processInfo.environment["MOOD"] ?? ""
      func endless(_ depth: Int) -> Int { depth == 0 ? 0 : endless(depth + 1) + depth }
      struct Grumble: Error, CustomStringConvertible { let description = "not today" }

      public struct Moody: ModelFamily {
        public struct Configuration: ModelConfiguration {
          public var latentSize = 2
          OPTIONAL
          public init() {}
        }
        public static var card: Card {
          Card(identifier: mood == "vae" ? "vae" : "moody", title: "Moody", summary: "has moods")
        }
        public let configuration: Configuration
        let encoder: EncoderNetwork<Linear>
        let decoder: any Layer
        public var latentSize: Int { configuration.latentSize }
        public init(
          _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
        ) throws {
          self.configuration = configuration
          encoder = EncoderNetwork(
            features: backbone.makeEncoder(using: &random),
            head: Linear(
              inputSize: backbone.featureSize, outputSize: configuration.latentSize, using: &random))
          decoder = backbone.makeDecoder(inputSize: configuration.latentSize, using: &random)
        }
        public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
          encoder.head(encoder.features(x, using: &pass), using: &pass)
        }
        public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor { decoder(z, using: &pass) }
        public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
          let y = reconstruct(batch.examples, using: &pass)
          return Objective(
            reconstruction: ReconstructionLoss.squaredError(of: y, target: batch.examples))
        }
      }

      public enum MoodyPlugin: ZooPlugin {
        public static func register(in registry: Registry, provider: String) throws {
          if mood == "throw" { throw Grumble() }
          if mood == "crash" { preconditionFailure("on purpose") }
          if mood == "leave" { exit(0) }
          if mood == "endless" { _ = endless(1) }
          if mood != "nothing" { try registry.register(Moody.self, provider: provider) }
          if mood == "twice" { try registry.register(Moody.self, provider: provider) }
        }
      }
      """

    private func homeWithMoody(optional: String = "", mood: String = "") throws -> PluginHome {
      let home = try PluginHome()
      try home.write(
        "Moody", named: "moody",
        source: Self.moody.replacingOccurrences(of: "OPTIONAL", with: optional))
      return home
    }

    @Test("A plugin that fails while it registers is named, whenever it does") func moods() throws {
      let home = try homeWithMoody()
      for (mood, complaint) in [
        ("throw", "could not register what it brings: not today"),
        ("twice", "could not register what it brings: family \"moody\""),
        ("crash", "moody ended the process while it was loaded"),
        ("leave", "moody ended the process while it was loaded"),
        ("endless", "moody ended the process while it was loaded"),
        ("nothing", "moody registers nothing"),
      ] {
        let said = try home.failure("plugin", "build", "moody", mood: mood)
        #expect(said.contains(complaint), "\(mood): \(said)")
      }
      try home.succeed("plugin", "build", "moody")
      #expect(
        try home.failure("plugin", "install", "moody", mood: "throw").contains("not today"))
      try home.succeed("plugin", "install", "moody")
      for (mood, complaint) in [
        ("throw", "could not register what it brings: not today"),
        ("nothing", "registers nothing, and its manifest says moody"),
      ] {
        let said = try note(home, mood: mood)
        #expect(said.contains(complaint), "\(mood): \(said)")
      }
      let left = try home.run("list", "--families", mood: "leave")
      #expect(left.status == 1 && left.messages.contains("moody ended the process"), "\(left)")
      try home.succeed("plugin", "install", "moody", "--force")
      let crashed = try home.run("list", "--families", mood: "crash")
      #expect(
        crashed.status == 1 && crashed.messages.contains("moody ended the process"), "\(crashed)")
      #expect(try note(home).contains("is left out from now on"))
      try home.succeed("plugin", "install", "moody", "--force")
      #expect(try home.succeed("list", "--families").output.contains("\nmoody "))
    }

    @Test("A configuration that loses a setting when it is stored is refused") func storage() throws
    {
      let home = try homeWithMoody(optional: "public var extra: Int?")
      let said = try home.failure("plugin", "build", "moody")
      #expect(said.contains("the setting extra is not written"), "\(said)")
    }

    @Test("A plugin takes a built-in name only where it is told to") func builtInName() throws {
      let home = try homeWithMoody()
      try home.succeed("plugin", "build", "moody", mood: "vae")
      let said = try home.failure("plugin", "install", "moody", mood: "vae")
      #expect(said.contains("brings the family \"vae\", which LatentZoo brings too"), "\(said)")
      #expect(said.contains("--replace vae"))
      try home.succeed("plugin", "install", "moody", "--replace", "vae", mood: "vae")
      let list = try home.succeed("list", "--families", mood: "vae").output
      let line = list.split(separator: "\n").first { $0.hasPrefix("vae ") }
      #expect(line?.contains("moody 1.2.3") == true, "\(list)")
    }

    @Test("Two plugins with one name do not hide each other") func twins() throws {
      let home = try homeWithCopy()
      try home.succeed("plugin", "new", "ladder")
      try runShellThatSucceeds(
        "cd '\(home.path("ladder"))' && sed -i 's/\"name\": \"ladder\"/\"name\": \"twin\"/' latentzoo-plugin.json"
      )
      try home.succeed("plugin", "build", "ladder")
      try home.succeed("plugin", "install", "ladder")
      let run = try home.succeed("list", "--families")
      #expect(
        run.messages.contains("twin brings the family \"ladder\", which ladder 0.1.0 brings too"),
        "\(run)")
      #expect(run.output.contains("\nladder "))
    }

    private func runShellThatSucceeds(_ line: String) throws {
      let run = try runShell(line)
      try #require(run.status == 0, "\(run)")
    }

    @Test("A source that does not compile shows the compiler's words") func mistake() throws {
      let home = try PluginHome()
      try home.write("Moody", named: "moody", source: "import LatentZoo\nlet x: Int = \"a\"\n")
      let said = try home.failure("plugin", "build", "moody")
      #expect(said.contains("cannot convert value"), "\(said)")
      #expect(said.contains("MoodyModule does not compile"), "\(said)")
    }
  }
}
