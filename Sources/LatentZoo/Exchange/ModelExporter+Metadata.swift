import Foundation

extension ModelExporter {
  /// What other tools are told about a model, each a word, a number or a JSON text.
  func metadata() throws -> [String: String] {
    let specification = record.specification
    var entries = [
      "name": record.name, "family": specification.family, "backbone": specification.backbone,
      "configuration": try json(specification.configuration),
      "backbone_configuration": try json(specification.backboneConfiguration),
      "data_shape": try json(specification.data.shape), "latent_size": "\(record.latentSize)",
      "prior": try json(record.prior), "preprocessing": try json(record.preprocessing),
      "trained_on": record.data.source, "created_at": record.createdAt,
      "checkpoint_sha256": digest, "library": "LatentZoo \(record.libraryVersion)",
    ]
    if !record.licence.isEmpty { entries["license"] = record.licence }
    return entries
  }

  /// A line about a part for people.
  func summary(of part: NetworkPart) -> String {
    func list(_ values: [GraphValue]?) -> String {
      (values ?? []).map(\.text).joined(separator: ", ")
    }
    let function = graph.functions[part.rawValue]
    return "\(part.rawValue) of \(record.name) (\(record.specification.family)): "
      + "\(list(function?.inputs)) to \(list(function?.outputs))"
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
