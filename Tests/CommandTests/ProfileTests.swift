import Foundation
import LatentZoo
import Testing

extension CommandTests {
  @Suite struct ProfileTests {
    private let small = ["--data", "digits", "--epochs", "2", "--set", "hiddenSizes=[16]"]

    @Test("A profile gives each objective's time by operator, its share of the peak, and memory")
    func json() throws {
      let folder = try TemporaryFolder()
      let run = try runCommand(
        ["train", "vae", "--zoo", folder.path, "--profile", "--json"] + small)
      #expect(run.status == 0, "\(run)")
      let profile = try #require(try run.json()["profile"] as? [String: Any])
      #expect(profile["batchSize"] as? Int == 128)
      #expect(try #require(profile["peakGigaflops"] as? Double) > 0)
      #expect(try #require(profile["peakMemoryBytes"] as? Int) > 1 << 20)
      let objectives = try #require(profile["objectives"] as? [[String: Any]])
      #expect(objectives.map { $0["name"] as? String } == ["loss"])
      // 1,617 examples are 12 whole batches an epoch; the odd last one is not in it.
      #expect(objectives[0]["runs"] as? Int == 24)
      let kernels = try #require(objectives[0]["kernels"] as? [[String: Any]])
      #expect(
        kernels.contains {
          ($0["operation"] as? String)?.hasPrefix("Gemm") == true
            && $0["layer"] as? String == "encoder/features/hidden/layers/0"
        })
      let shares = kernels.compactMap { $0["share"] as? Double }
      #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
    }

    @Test("For people it is a table after the metrics") func text() throws {
      let folder = try TemporaryFolder()
      let run = try runCommand(["train", "ae", "--zoo", folder.path, "--profile"] + small)
      #expect(run.output.contains("profile of steps of 128 examples"), "\(run)")
      #expect(run.output.contains("objective loss: "), "\(run)")
    }
  }
}
