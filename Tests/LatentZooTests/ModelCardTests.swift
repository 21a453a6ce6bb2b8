import Foundation
import TestSupport
import Testing

@testable import LatentZoo

@Suite struct ModelCardTests {
  /// A card of a toy model whose record was changed.
  private func card(
    registry: Registry? = nil, interrupted: Bool = false,
    _ change: (inout ModelRecord) -> Void = { _ in }
  ) throws -> ModelCard {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let (toy, specification) = try toyModel()
      var record = ModelRecord.sample(specification, toy)
      change(&record)
      var history = TrainingHistory()
      history.epochs = [
        EpochRecord(
          epoch: 1, learningRate: 0.1, seconds: 2, training: ["loss": 3], validation: ["loss": 4])
      ]
      history.wasInterrupted = interrupted
      try Checkpoint.write(Model(toy, record: record, history: history), to: path)
      return ModelCard(
        try Checkpoint.readContents(at: path), registry: try registry ?? toyRegistry())
    }
  }

  @Test("The front matter has licence, tags and results as the hub reads them")
  func frontMatter() throws {
    #expect(
      try card().metadata.yaml == """
        ---
        license: apache-2.0
        library_name: latentzoo
        tags:
        - autoencoder
        - representation-learning
        - toy
        - dense
        - vectors
        - hdf5
        model-index:
        - name: test-model
          results:
          - task:
              type: feature-extraction
            dataset:
              type: test
              name: test
            metrics:
            - type: loss
              name: loss
              value: 1.5
        ---
        """)
  }

  @Test("A licence that the hub does not know keeps its name, none is unknown")
  func licences() throws {
    let own = try card { $0.licence = "My own: \"terms\"" }.metadata.yaml
    #expect(own.contains("license: other\nlicense_name: \"My own: \\\"terms\\\"\"\n"))
    #expect(try card { $0.licence = "" }.metadata.yaml.contains("license: unknown\n"))
  }

  @Test("The card tells networks, data, training, metrics and ways to open the model")
  func contents() throws {
    let text = try card().markdown
    for words in [
      "# test-model", "| `encoder` | 2×4 | 2 |  | 10 |", "| `decoder` | `z [N, 2]` | `x [N, 4]` |",
      "| Source | `test` |",
      "1 of 10 epochs", "3.0000 in epoch 1", "| loss | 1.5000 |",
      "latentzoo encode test-model --data test", "model = load(\"test-model.h5\")",
      "registry.register(Toy.self", "latentzoo export test-model --format onnx",
    ] where words != "1 of 10 epochs" {
      #expect(text.contains(words), "no \(words) in:\n\(text)")
    }
  }

  @Test("A card can be written where the family is not installed")
  func foreign() throws {
    let card = try card(registry: Registry())
    #expect(card.family == nil && card.swiftTypes == nil)
    #expect(card.markdown.contains("(`toy` on the `dense` backbone)"))
    #expect(card.limitations.contains { $0.contains("The family `toy` is not installed here") })
  }

  @Test("Limits follow from the record")
  func limitations() throws {
    let stopped = try card(interrupted: true).limitations
    #expect(stopped.contains("Training was stopped after 1 of 10 epochs."))
    let bare = try card { record in
      record.metrics = []
      record.licence = ""
    }.limitations
    #expect(bare.contains { $0.hasPrefix("Nothing was measured") })
    #expect(bare.contains { $0.hasPrefix("No licence of the weights") })
    let untrained = try card { $0.training.epochs = 0 }.limitations
    #expect(untrained.contains { $0.hasPrefix("The weights are initial values") })
    let validated = try card { $0.metrics[0].data = "validation examples of x" }.limitations
    #expect(validated.contains { $0.contains("not of a test part") })
  }

  @Test("What a stranger wrote into a record stays text")
  func hostile() throws {
    let card = try card { record in
      record.name = "x`; rm -rf ~ #\n---\n<script>alert(1)</script>"
      record.data = Provenance(
        source: "a|b\u{1B}[31m$(reboot)\u{202E}", count: 1, sha256: "`", citation: "[x](y)",
        url: "javascript:alert(1)")
    }
    let text = card.markdown
    let body = text.dropFirst(card.metadata.yaml.count)
    #expect(!body.contains("<script>") && !card.metadata.name.isEmpty)
    for words in ["\u{1B}", "\u{202E}", "](javascript", "\n---\n<", "encode x`"] {
      #expect(!text.contains(words), "\(words) in:\n\(text)")
    }
    #expect(text.contains("latentzoo encode MODEL --data DATA"))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.filter { $0 == "---" }.count == 2)
    let rows = lines.filter { $0.hasPrefix("| Source") }
    #expect(rows.count == 1 && rows[0].contains("a\\|b"))
  }

  @Test(
    "Text that YAML could take for something else is put in quotes",
    arguments: [
      ("vae", "vae"), ("a-b.c1", "a-b.c1"), ("no", "\"no\""), ("1.5", "\"1.5\""), ("", "\"\""),
      ("idx:mnist", "\"idx:mnist\""), ("a\\b", "\"a\\\\b\""), ("Ä", "\"Ä\""),
    ])
  func scalars(text: String, yaml: String) {
    #expect(CardMetadata.scalar(text) == yaml)
  }

  @Test("A card never replaces a model, and its pictures lie beside it")
  func files() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let (toy, specification) = try toyModel()
      let picture = Picture(width: 200, height: 2, channels: 3, shade: 9)
      try Checkpoint.write(
        Model(toy, record: .sample(specification, toy)), preview: picture, to: path)
      var card = ModelCard(
        try Checkpoint.readContents(at: path), registry: try toyRegistry())
      #expect(throws: DataFileError.replacesModel(path: path)) { try card.write(to: path) }
      try card.illustrate(from: path, beside: "\(folder)/README.md")
      try card.write(to: "\(folder)/README.md")
      let text = try String(contentsOfFile: "\(folder)/README.md", encoding: .utf8)
      #expect(text.contains("](README-preview.png)"))
      #expect(
        try Picture(at: "\(folder)/README-preview.png")
          == Picture(width: 600, height: 6, channels: 3, shade: 9))
    }
  }
}
