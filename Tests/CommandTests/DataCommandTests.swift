import Foundation
import Testing

extension CommandTests {
  @Suite struct DataCommandTests {
    private func write(_ text: String, _ folder: TemporaryFolder) throws -> String {
      let path = "\(folder.path)/flowers.csv"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return path
    }

    @Test("All kinds of source are listed with their options") func list() throws {
      let run = try runCommand(["data", "list"])
      #expect(run.status == 0 && run.messages.isEmpty)
      for line in ["digits", "idx:DIR", "images:DIR", "npy:FILE", "h5:FILE#/dataset", "csv:FILE"] {
        #expect(run.output.split(separator: "\n").contains { $0 == line }, "\(line)")
      }
      let sources =
        try runCommand(["data", "list", "--json"]).json()["sources"] as? [[String: Any]]
      let images = sources?.first { $0["name"] as? String == "images" }
      let options = images?["options"] as? [[String: String]]
      #expect(options?.compactMap { $0["name"] } == ["size", "fit", "channels"])
    }

    @Test("A source is described: shape, range, classes, checksum, licence") func info() throws {
      let card = try runCommand(["data", "info", "digits", "--json"]).json()
      #expect(card["shape"] as? [Int] == [1, 8, 8])
      #expect((card["licence"] as? String)?.isEmpty == false)
      let part = try #require((card["parts"] as? [[String: Any]])?.first)
      #expect(part["count"] as? Int == 1797)
      #expect((part["labelCounts"] as? [Int])?.reduce(0, +) == 1797)
      #expect((part["sha256"] as? String)?.count == 64)
      #expect(part["highest"] as? Double == 1)
    }

    @Test("A table's columns and classes are described") func table() throws {
      let folder = try TemporaryFolder()
      let path = try write("width,kind\n1,b\n3,a\n2,b\n", folder)
      let run = try runCommand(["data", "info", "csv:\(path)"])
      #expect(run.status == 0)
      #expect(run.output.contains("width   2.0000    0.81650"), "\(run)")
      #expect(run.output.contains("Source   csv:flowers.csv"), "no folder is shown: \(run)")
    }

    @Test("What is wrong with data is said before training, in one line")
    func badData() throws {
      let folder = try TemporaryFolder()
      let path = try write("width,kind\n1,b\n3\n", folder)
      for command in [["data", "info"], ["train", "ae", "--zoo", folder.path, "--data"]] {
        let run = try runCommand(command + ["csv:\(path)"])
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(
          run.messages
            == "latentzoo: error: line 3 of '\(path)' has 1 fields where the first row has 2: make "
            + "all rows equally long\n")
      }
      let run = try runCommand(["data", "info", "digits", "--data-option", "size=3"])
      #expect(run.status == 1)
      #expect(
        run.messages
          == "latentzoo: error: the data source 'digits' has no option 'size': there are binarize\n"
      )
    }

    @Test("A model of a table gives its rows in their units") func tableUnits() throws {
      let folder = try TemporaryFolder()
      let rows = (0..<40).map { "\(100 + $0),\(5000 - 50 * $0),\($0 < 20 ? "young" : "old")\n" }
      let path = try write("weight,price,age\n" + rows.joined(), folder)
      let arguments = [
        "train", "ae", "--data", "csv:\(path)", "--name", "rows", "--zoo", folder.path, "--epochs",
        "1", "--set", "loss=squaredError", "--set", "hiddenSizes=[4]", "--set", "latentSize=2",
        "--validation", "none",
      ]
      let trained = try runCommand(arguments)
      #expect(trained.status == 0, "\(trained)")
      for data in ["csv:\(path)", path] {
        let run = try runCommand([
          "reconstruct", "rows", "--zoo", folder.path, "--data", data, "--out", "-", "--count", "3",
        ])
        #expect(run.status == 0, "\(run)")
        let lines = run.output.split(separator: "\n")
        #expect(lines.first == "weight,price")
        let prices = lines.dropFirst().compactMap { Double($0.split(separator: ",")[1]) }
        #expect(prices.count == 3 && prices.allSatisfy { $0 > 1000 }, "raw units: \(prices)")
      }
    }
  }
}
