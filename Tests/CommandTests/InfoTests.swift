import Foundation
import Testing

extension CommandTests {
  @Suite struct InfoTests {
    private func info(_ arguments: [String]) throws -> CommandRun {
      try runCommand(["info", "--zoo", try TrainedZoo.shared().folder.path] + arguments)
    }

    @Test("The card tells family, layers, data, training and metrics") func card() throws {
      let run = try info(["vae-digits"])
      #expect(run.status == 0 && run.messages.isEmpty, "\(run)")
      for word in [
        "Kingma and Welling 2014", "encoder/head/mean", "20×16", "digits, 1,797 examples",
        "sha256", "CC BY 4.0", "CC0-1.0", "2 of 2 epochs", "adam", "validation examples of digits",
        "total decoder",
      ] { #expect(run.output.contains(word), "no '\(word)' in \(run)") }
    }

    @Test("--weights shows every tensor with its statistics") func weights() throws {
      let run = try info(["vae-digits", "--weights", "--json"])
      let tensors = try #require(try run.json()["tensors"] as? [[String: Any]])
      #expect(tensors.count == 10)
      for tensor in tensors {
        #expect(tensor["byteOffset"] is Int)
        let statistics = try #require(tensor["statistics"] as? [String: Any])
        #expect(statistics["mean"] is Double)
      }
      #expect(try info(["vae-digits", "--weights"]).output.hasPrefix("TENSOR "))
    }

    @Test("A file can be given by its path") func path() throws {
      let path = try TrainedZoo.shared().path(of: "vae-digits")
      #expect(try runCommand(["info", path]).status == 0)
    }

    @Test("A model says how its training is gone on with") func resumption() throws {
      let run = try info(["vae-digits"])
      #expect(run.output.contains("latentzoo train --resume vae-digits --epochs N"))
    }

    @Test("A family's card lists its settings") func family() throws {
      let run = try info(["vae"])
      let lines = run.output.split(separator: "\n").map { line in
        line.split(separator: " ").joined(separator: " ")
      }
      #expect(lines.contains("KEY TYPE DEFAULT RANGE DOCUMENTATION"), "\(run)")
      #expect(
        lines.contains("latentSize whole number 20 1...1048576 number of elements of the code"),
        "\(run)")
      #expect(lines.contains { $0.hasPrefix("likelihood choice bernoulli bernoulli, gaussian") })
      #expect(lines.contains { $0.hasPrefix("hiddenSizes list of whole [400]") }, "\(run)")
      #expect(try info(["deep-ae"]).output.contains("[1000,500,250]"))
      #expect(try info(["linear"]).output.contains("There is nothing to set."))
      let table = try #require(
        try info(["ae"]).output.split(separator: "Settings").dropFirst().first)
      #expect(table.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(table)")
      #expect(try info(["dense"]).output.hasPrefix("Backbone"))
      let settings = try #require(
        try info(["vae", "--json"]).json()["settings"] as? [[String: Any]])
      let beta = try #require(settings.first { $0["key"] as? String == "beta" })
      #expect(beta["minimum"] as? Int == 0 && beta["default"] as? Int == 1)
      #expect(beta["documentation"] as? String == "factor of the divergence")
    }

    @Test("Cards state how much smaller codes are") func compression() throws {
      let rate = "3.2:1 in numbers (64 to 20), 0.80:1 in bits (bytes to float32)"
      #expect(try info(["vae-digits"]).output.contains(rate))
      let document = try info(["vae-digits", "--json"]).json()
      let compression = try #require(document["compression"] as? [String: Double])
      #expect(compression["numbers"] == 3.2 && compression["codeCount"] == 20)
      for (name, words) in [("conv-ae", "24.5:1 in numbers (784 to 32)"), ("deep-ae", "784 to 30")]
      {
        #expect(try info([name]).output.contains(words))
      }
      #expect(!(try info(["dense"]).output.contains("Compression")))
    }

    @Test("An unknown name is a sentence with a suggestion") func unknown() throws {
      for (name, hint) in [("vae-digit", "vae-digits"), ("deep-a", "deep-ae")] {
        let run = try info([name])
        #expect(run.status == 1 && run.output.isEmpty, "\(run)")
        #expect(run.messages.contains("did you mean \"\(hint)\"?"), "\(run)")
      }
      #expect(try info(["../etc"]).messages.contains("there is no file ../etc"))
    }
  }

  @Suite struct DoctorTests {
    @Test("The doctor finds everything well") func doctor() throws {
      let folder = try TemporaryFolder()
      let run = try runCommand(["doctor", "--zoo", folder.path, "--json"])
      #expect(run.status == 0, "\(run)")
      let checks = try #require(try run.json()["checks"] as? [[String: Any]])
      #expect(checks.count == 3 && checks.allSatisfy { $0["isPassed"] as? Bool == true })
      #expect(try runCommand(["doctor"]).output.contains("GFLOP/s"))
    }

    @Test("A folder that cannot be written fails the doctor with advice") func noRoom() throws {
      let run = try runCommand(["doctor"], environment: ["TMPDIR": "/dev/null/none"])
      #expect(run.status == 1, "\(run)")
      #expect(run.output.contains("set TMPDIR elsewhere"), "\(run)")
    }
  }
}
