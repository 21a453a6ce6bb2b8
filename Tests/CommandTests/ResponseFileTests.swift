import Foundation
import Testing

extension CommandTests {
  /// Arguments kept in a file.
  @Suite struct ResponseFileTests {
    @Test("A recipe's arguments stand where @FILE does, and later ones override them")
    func recipe() throws {
      let folder = try TemporaryFolder()
      let path = "\(folder.path)/recipe.txt"
      try
        "# a small one\ntrain ae --data digits # embedded\n--set 'hiddenSizes=[4, 3]' --epochs 7\n"
        .write(toFile: path, atomically: true, encoding: .utf8)
      let run = try runCommand(["@\(path)", "--epochs", "1", "--zoo", folder.path])
      #expect(run.status == 0, "\(run)")
      let info = try runCommand(["info", "ae-digits", "--zoo", folder.path, "--json"])
      #expect(info.output.contains("\"epochs\" : 1"), "\(info)")
      #expect(info.output.replacing(" ", with: "").replacing("\n", with: "").contains("[4,3]"))
    }

    @Test("A recipe that is missing, or leaves a quote open, is named")
    func faults() throws {
      let folder = try TemporaryFolder()
      let missing = try runCommand(["train", "@\(folder.path)/none.txt"])
      #expect(missing.status == 1 && missing.messages.contains("none.txt"), "\(missing)")
      let path = "\(folder.path)/open.txt"
      try "train ae\n--data 'digits\n".write(toFile: path, atomically: true, encoding: .utf8)
      let open = try runCommand(["@\(path)"])
      #expect(open.status == 1 && open.messages.contains("line 2"), "\(open)")
    }
  }
}
