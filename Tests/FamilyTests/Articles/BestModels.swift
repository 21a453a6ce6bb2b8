import LatentZoo

/// The models of a zoo that have codes of at most so many numbers, the best first.
func smallModels(of zoo: Zoo, latentSize: Int) throws -> [String] {
  let items = try zoo.listing().items.filter { $0.summary.latentSize <= latentSize }
  return items.sorted { $0.summary.loss ?? .infinity < $1.summary.loss ?? .infinity }
    .map(\.entry.name)
}
