import LatentZoo
import Testing

@Suite struct RegistryTests {
  @Test("A second registration names both providers and changes nothing")
  func duplicate() throws {
    let registry = try toyRegistry()
    #expect(
      message { try registry.register(Toy.self, provider: "a stranger") }
        == "family \"toy\" of a stranger is already registered by tests; rename one of them")
    #expect(
      message { try registry.register(backbone: Bare.self, provider: "a stranger") }
        == "backbone \"dense\" of a stranger is already registered by tests; rename one of them")
    #expect(registry.families.map(\.identifier) == ["toy"])
    #expect(registry.families[0].entry.provider == "tests")
  }

  @Test("An unknown name is answered with the nearest and with all there are")
  func unknown() throws {
    let registry = try toyRegistry()
    #expect(
      message { _ = try registry.family(named: "tory") }
        == "there is no family \"tory\"; did you mean \"toy\"? (there are: fancy-toy, toy)")
    #expect(
      message { _ = try registry.backbone(named: "convolutional") }
        == "there is no backbone \"convolutional\". (there are: dense)")
    #expect(message { _ = try Registry().family(named: "ae") }.contains("none is registered"))
  }

  @Test("A preset is a family with settings of its own")
  func preset() throws {
    let registry = try toyRegistry()
    let (entry, preset) = try registry.family(named: "fancy-toy")
    #expect(entry.provider == "tests")
    #expect(preset?.settings == ["kind": "fancy"])
    let specification = try registry.specification(
      for: "fancy-toy", data: DataSignature(DataShape([4])))
    #expect(specification.family == "toy")
    #expect("\(specification.configuration)".contains("kind: fancy"))
  }

  @Test("Many threads may register and look up at once")
  func threads() async throws {
    let registry = Registry()
    let winners = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<32 {
        group.addTask {
          do {
            try registry.register(Toy.self, provider: "tests")
            return 1
          } catch {
            return 0
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(winners == 1)
  }
}

@Suite struct ConfigurationTests {
  private func failure(_ settings: String...) throws -> String {
    let registry = try toyRegistry()
    return message {
      _ = try registry.specification(
        for: "toy", settings: try settings.map { try Setting(parsing: $0) },
        data: DataSignature(DataShape([4])))
    }
  }

  @Test("Settings overlay the defaults key by key, of family and backbone alike")
  func overlay() throws {
    let (toy, specification) = try toyModel([
      try Setting(parsing: "latentSize=3"), try Setting(parsing: "kind=fancy"),
      try Setting(parsing: "sizes=[7, 5]"), try Setting(parsing: "width=9"),
      try Setting(parsing: "isLoud=true"), try Setting(parsing: "toy.rate=2"),
      try Setting(parsing: "dense.rate=1.5"),
    ])
    #expect(toy.configuration.latentSize == 3)
    #expect(toy.configuration.kind == .fancy)
    #expect(toy.configuration.sizes == [7, 5])
    #expect(toy.configuration.isLoud)
    #expect(toy.configuration.rate == 2)
    #expect("\(specification.backboneConfiguration)" == "{rate: 1.5, width: 9}")
  }

  @Test("Each mistake in a setting is told in one sentence with a way out")
  func mistakes() throws {
    #expect(
      try failure("latentSiz=3").hasPrefix(
        "toy on dense has no setting \"latentSiz\"; did you mean \"latentSize\"? There are: "))
    #expect(
      try failure("latentSize=three") == "setting \"latentSize\" takes a whole number, got three")
    #expect(try failure("latentSize=2.5") == "setting \"latentSize\" takes a whole number, got 2.5")
    #expect(
      try failure("latentSize=0") == "setting \"latentSize\" must be at least 1, got 0")
    #expect(
      try failure("kind=fansy")
        == "setting \"kind\" is one of plain, fancy, got \"fansy\"; did you mean \"fancy\"?")
    #expect(
      try failure("sizes=4") == "setting \"sizes\" takes a list, such as [400, 200], got 4")
    #expect(
      try failure("sizes=[4,\"x\"]")
        == "setting \"sizes\" takes a list with a whole number each, got [4, x]")
    #expect(try failure("isLoud=3") == "setting \"isLoud\" takes true or false, got 3")
    #expect(
      try failure("rate=1")
        == "both toy and dense have a setting \"rate\"; write toy.rate=… or dense.rate=…")
    #expect(
      try failure("latentSize")
        == "a setting is written key=value, got \"latentSize\"; for example latentSize=20")
    #expect(try failure("sizes=[4").contains("a setting is written key=value"))
  }
}
