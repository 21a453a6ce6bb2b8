import Foundation
import Testing

extension CommandTests {
  @Suite struct ListTests {
    private func names(_ arguments: [String]) throws -> [String] {
      let zoo = try TrainedZoo.shared()
      let run = try runCommand(["list", "--zoo", zoo.folder.path, "--json"] + arguments)
      #expect(run.status == 0, "\(run)")
      let models = try run.json()["models"] as? [[String: Any]]
      return (models ?? []).compactMap { $0["name"] as? String }
    }

    @Test("Models are listed by name, pattern and family") func patterns() throws {
      #expect(try names([]) == ["deep-ae-digits", "vae-digits"])
      #expect(try names(["vae-*"]) == ["vae-digits"])
      #expect(try names(["?ae-digits", "deep*"]) == ["deep-ae-digits", "vae-digits"])
      #expect(try names(["nothing-*"]) == [])
      #expect(try names(["--family", "ae"]) == ["deep-ae-digits"])
    }

    @Test("Models are put in order") func order() throws {
      for key in ["name", "date", "size", "loss"] {
        #expect(try names(["--sort", key]).count == 2)
      }
      #expect(try names(["--sort", "loss"]) == ["deep-ae-digits", "vae-digits"])
    }

    @Test("The table has a line for each model") func table() throws {
      let zoo = try TrainedZoo.shared()
      let run = try runCommand(["list", "--zoo", zoo.folder.path])
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 3 && lines[0].hasPrefix("NAME "), "\(run)")
      #expect(lines[2].contains("digits 1×8×8"), "\(run)")
    }

    @Test("Damaged and foreign files are noted, and the others listed") func foreignFiles() throws {
      let zoo = try TrainedZoo.shared()
      let folder = try TemporaryFolder()
      let model = try Data(contentsOf: URL(fileURLWithPath: zoo.path(of: "vae-digits")))
      var foreign = model
      let identity = try #require(foreign.range(of: Data("LatentZoo checkpoint".utf8)))
      foreign.replaceSubrange(identity, with: Data("Another kind of file".utf8))
      let files = [
        "good": model, "foreign": foreign, "cut": model.prefix(model.count / 2),
        "empty": Data(), "text": Data("no HDF5 at all".utf8),
      ]
      for (name, data) in files {
        try data.write(to: URL(fileURLWithPath: "\(folder.path)/\(name).h5"))
      }
      let run = try runCommand(["list", "--zoo", folder.path])
      #expect(run.status == 0, "\(run)")
      #expect(run.output.split(separator: "\n").count == 2, "\(run)")
      for name in ["foreign", "cut", "empty", "text"] {
        #expect(run.messages.contains("note: \(folder.path)/\(name).h5 is left out: "), "\(run)")
        let info = try runCommand(["info", "--zoo", folder.path, name])
        #expect(info.status == 1 && info.output.isEmpty, "\(info)")
        #expect(info.messages.split(separator: "\n").count == 1, "\(info)")
      }
    }

    @Test("A zoo that does not exist is an error, an empty one is not") func emptyZoo() throws {
      let folder = try TemporaryFolder()
      let empty = try runCommand(["list", "--zoo", folder.path])
      #expect(empty.status == 0 && empty.output.isEmpty, "\(empty)")
      #expect(empty.messages.contains("there are no models yet"), "\(empty)")
      let missing = try runCommand(["list", "--zoo", "\(folder.path)/no"])
      #expect(missing.status == 1 && missing.messages.contains("it does not exist"), "\(missing)")
    }

    @Test("Families are listed with presets, papers and settings") func families() throws {
      let run = try runCommand(["list", "--families"])
      for word in [
        "vae", "beta-vae", "deep-ae", "dense", "Kingma and Welling 2014", "He et al. 2016",
        "latentSize=20  likelihood=bernoulli", "hiddenSizes=[400]  activation=relu",
      ] {
        #expect(run.output.contains(word), "no '\(word)' in \(run)")
      }
      let lines = run.output.split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= 100 }, "\(lines.filter { $0.count > 100 })")
      let report = try runCommand(["list", "--families", "--json"]).json()
      for kind in ["families", "backbones"] {
        let entries = try #require(report[kind] as? [[String: Any]])
        #expect(!entries.isEmpty && entries.allSatisfy { $0["settings"] is [Any] })
      }
    }
  }
}
