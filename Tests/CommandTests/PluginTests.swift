import Foundation
import Testing

extension CommandTests {
  @Suite struct PluginTests {
    @Test("From plugin new to a trained model by name in five commands") func fiveCommands() throws
    {
      // The home's own four, and this one.
      let home = try PluginHome.withLadder()
      let info = try home.succeed("info", "ladder-digits")
      #expect(info.output.contains("ladder: Ladder"), "\(info)")
      #expect(info.output.contains("ladder 0.1.0"), "\(info)")
      let list = try home.succeed("list", "--families")
      let line = list.output.split(separator: "\n").first { $0.hasPrefix("ladder ") }
      #expect(line?.contains("ladder 0.1.0") == true, "\(list)")
    }

    @Test("Its models encode, decode and sample without it, and say who made them")
    func withoutPlugin() throws {
      let home = try PluginHome.withLadder()
      let stranger = try PluginHome()
      try stranger.take("zoo", from: home)
      let info = try stranger.succeed("info", "ladder-digits")
      #expect(info.output.contains("ladder (not installed; the graph in the file is run)"))
      #expect(info.output.contains("ladder 0.1.0, which made it"), "\(info)")
      for user in [home, stranger] {
        try user.succeed(
          "encode", "ladder-digits", "--data", "digits", "--out", "z.npy")
        try user.succeed("sample", "ladder-digits", "--count", "4", "--out", "samples.npy")
      }
      for file in ["z.npy", "samples.npy"] {
        let found = FileManager.default.contents(atPath: stranger.path(file))
        #expect(found != nil && found == FileManager.default.contents(atPath: home.path(file)))
      }
      let said = try stranger.failure("train", "--resume", "ladder-digits", "--epochs", "2")
      #expect(said.contains("install the plugin ladder 0.1.0, which brings ladder"), "\(said)")
      let resumed = try home.run("train", "--resume", "ladder-digits", "--epochs", "2")
      #expect(resumed.status == 0, "\(resumed)")
    }

    @Test("A backbone can be a plugin too") func backbone() throws {
      let home = try PluginHome()
      try home.succeed("plugin", "new", "gates", "--backbone")
      try home.succeed("plugin", "build", "gates")
      try home.succeed("plugin", "install", "gates")
      try home.succeed(
        "train", "ae", "--backbone", "gates", "--data", "digits", "--epochs", "1", "--set",
        "hiddenSize=12")
      #expect(try home.succeed("info", "ae-digits").output.contains("gates 0.1.0"))
      #expect(try home.succeed("info", "gates").output.contains("hiddenSize"))
    }

    @Test("A plugin is installed once, listed, replaced with --force and removed")
    func lifeCycle() throws {
      let (maker, home) = (try PluginHome.withLadder(), try PluginHome())
      let source = maker.path("ladder")
      try home.succeed("plugin", "install", source)
      #expect(try home.failure("plugin", "install", source).contains("--force takes its place"))
      try home.succeed("plugin", "install", source, "--force")
      let list = try home.succeed("plugin", "list")
      #expect(list.output.contains("ladder  0.1.0") && list.output.contains("ready"), "\(list)")
      try home.succeed("plugin", "remove", "ladder")
      #expect(try home.failure("plugin", "remove", "lader").contains("there is none"))
      #expect(!(try home.succeed("list", "--families").output.contains("ladder")))
      #expect(try home.succeed("plugin", "list").messages.contains("no plugins are installed"))
    }

    @Test("A library is looked for in $LATENTZOO_PLUGINS, --plugins and the user's data folder")
    func folders() throws {
      let (maker, home) = (try PluginHome.withLadder(), try PluginHome())
      try home.succeed("plugin", "install", maker.path("ladder"), "--plugins", home.path("mine"))
      #expect(!(try home.succeed("list", "--families").output.contains("ladder")))
      let given = try home.succeed("list", "--families", "--plugins", home.path("mine"))
      #expect(given.output.contains("ladder"), "\(given)")
      let personal = home.path(".local/share/latentzoo/plugins")
      try home.succeed("plugin", "install", maker.path("ladder"), "--plugins", personal)
      #expect(try home.succeed("list", "--families").output.contains("ladder"))
    }

    @Test("A name that is taken, or none, is refused before anything is written") func names()
      throws
    {
      let home = try PluginHome()
      #expect(try home.run("plugin", "new", "vae").status == 64)
      #expect(try home.failure("plugin", "new", "../up").contains("is no name for a plugin"))
      #expect(try home.failure("plugin", "new", "Ladder").contains("is no name for a plugin"))
      try home.succeed("plugin", "new", "ladder")
      #expect(
        try home.failure("plugin", "new", "ladder").contains("there is a folder ladder already"))
      #expect(try home.failure("plugin", "build", "nowhere").contains("latentzoo plugin new NAME"))
      #expect(try home.failure("plugin", "install", "ladder").contains("latentzoo plugin build"))
    }
  }
}
