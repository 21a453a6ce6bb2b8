import DenseBackbone
import LatentZoo
import NoisyFamily

// What can be trained and opened: the family of this package on a backbone of the zoo.
let registry = Registry()
try registry.register(NoisyAutoencoder.self, provider: "Example")
try registry.register(backbone: Dense.self, provider: "LatentZoo")

// Real handwritten digits, `[1797, 1, 8, 8]` in all, come with the library; a tenth is held back.
let digits = try DataSource(parsing: "digits").open()

var job = TrainingJob(family: "noisy-ae")
job.settings = [
  Setting(key: "latentSize", value: 8), Setting(key: "hiddenSizes", value: [64]),
]
job.options.epochs = 5

// The model is a file in a zoo: the folder that was named, or the usual places.
let zoo = Zoo(folder: CommandLine.arguments.dropFirst().first)
let training = try job.prepared(on: digits, registry: registry)
let path = try zoo.newPath(for: training.name, replacing: true)
let trained = try training.run(savingTo: path) { step in
  if let epoch = step.completed, let loss = epoch.training["loss"] {
    print("epoch \(epoch.epoch) of \(step.epochs): loss \(loss)")
  }
  return .proceed
}
print("saved \(trained.model.record.name)")

// Any program that knows the name opens it.
let model = try Checkpoint.read(at: try zoo.path(of: "noisy-ae-digits"), registry: registry)
let images = try digits.train.examples(0..<10)
let codes = try model.encode(images)
let restored = try model.decode(codes)
let samples = try model.sample(4, seed: 1)
print("images \(images.shape), codes \(codes.shape), restored \(restored.shape)")
print("new images \(samples.shape)")
