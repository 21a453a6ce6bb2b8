import LatentZoo

/// Codes of a hundred handwritten digits, `[100, latentSize]`, by a model of the zoo.
func codesOfDigits(by name: String, in zoo: Zoo, _ registry: Registry) throws -> NDArray {
  let model = try Checkpoint.read(at: try zoo.path(of: name), registry: registry)
  let digits = try DataSource(parsing: "digits").open(model.dataOptions())
  return try model.encode(digits.train.examples(0..<100))
}
