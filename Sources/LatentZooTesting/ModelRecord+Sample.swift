package import LatentZoo

extension ModelRecord {
  /// A record as training would write it, with made-up circumstances.
  package static func sample(
    _ specification: ModelSpecification, _ family: some ModelFamily, name: String = "test-model"
  ) -> ModelRecord {
    ModelRecord(
      name: name, specification: specification, latentSize: family.latentSize,
      parameterCount: family.parameterCount, prior: family.codePrior,
      sampledClassCount: family.sampledClassCount,
      preprocessing: Preprocessing(divisor: 16, lowest: 0, highest: 1, labelNames: ["0", "1"]),
      data: Provenance(source: "test", count: 2, sha256: "00"), training: TrainingOptions(),
      metrics: [MetricReport(data: "test", count: 2, seed: 1, values: ["loss": 1.5])],
      libraryVersion: LatentZoo.libraryVersion, createdAt: "2026-01-02T03:04:05Z", threadCount: 1,
      licence: "Apache-2.0", parent: "")
  }
}
