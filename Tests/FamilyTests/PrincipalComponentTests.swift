import Foundation
import LatentZoo
import PCAFamily
import TestSupport
import Testing

@Suite struct PrincipalComponentTests {
  /// A fitted analysis.
  private func fitted(
    _ data: Dataset, _ settings: [Setting]
  ) throws -> (model: PrincipalComponentAnalysis, history: TrainingHistory) {
    let registry = try FamilyTests.makeRegistry()
    var random = RandomSource(seed: 1)
    let specification = try registry.specification(
      for: "pca", settings: settings, data: data.signature)
    let made = try registry.makeModel(specification, using: &random)
    let model = try #require(made as? PrincipalComponentAnalysis)
    let history = try Trainer(TrainingOptions()).train(model, on: TrainingData(data))
    return (model, history)
  }

  /// `count` examples whose elements vary ever less, one of them not at all.
  private func ellipsoid(_ count: Int, size: Int) -> Dataset {
    var random = RandomSource(seed: 5)
    let floats = (0..<count * size).map { place in
      let column = place % size
      return column == 1 ? Float(3) : Float(random.normal() * pow(0.8, Double(column)) + 1)
    }
    return Dataset(
      name: "ellipsoid", shape: DataShape([size]), floats: floats,
      origin: DataOrigin(source: "test"))
  }

  /// Sorted variances along the principal axes, from a covariance summed in `Double`.
  private func exactVariances(_ data: Dataset) throws -> [Double] {
    let (count, size) = (data.count, data.shape.featureCount)
    let x = try data.examples(0..<count).scalars.map(Double.init)
    let mean = (0..<size).map { column in
      (0..<count).reduce(0) { $0 + x[$1 * size + column] } / Double(count)
    }
    var covariance = Matrix(repeating: 0, rows: size, columns: size)
    for row in 0..<count {
      for i in 0..<size {
        for j in 0..<size {
          covariance[i, j] +=
            (x[row * size + i] - mean[i]) * (x[row * size + j] - mean[j]) / Double(count - 1)
        }
      }
    }
    return try SymmetricEigendecomposition(of: covariance).values
  }

  @Test(
    "The variances are those of the covariance, also for fewer examples than elements",
    arguments: [(200, 12), (12, 12), (9, 20)])
  func variances(_ count: Int, _ size: Int) throws {
    let data = ellipsoid(count, size: size)
    let expected = try exactVariances(data)
    let (model, history) = try fitted(data, [Setting(key: "latentSize", value: 5)])
    expectClose(
      model.explainedVariance.value.scalars, Array(expected.prefix(5)), tolerance: 1e-5)
    let lost = expected.dropFirst(5).reduce(0, +) * Double(count - 1) / Double(count)
    let loss = try #require(history.epochs.first?.training["loss"])
    #expect(abs(loss - lost) < 1e-5 * (1 + lost))
    let measured = try Evaluator(model, data: data.shape).losses(on: data, seed: 1)
    #expect(abs(try #require(measured["loss"]) - lost) < 1e-4 * (1 + lost))
    let directions = Matrix(model.components.value)
    let products = try Matrix.product(directions, directions, transposingSecond: true)
    expectClose(
      products.array.scalars, Matrix(diagonal: Array(repeating: 1, count: 5)).values,
      tolerance: 1e-5, "orthonormality")
  }

  @Test("Codes are uncorrelated and fall in variance; whitened ones all have the variance 1")
  func codes() throws {
    let data = try FamilyTests.digits(400)
    for whitens in [false, true] {
      let (model, _) = try fitted(
        data,
        [Setting(key: "latentSize", value: 8), Setting(key: "whitens", value: .bool(whitens))])
      var pass = Pass.evaluation()
      let x = Tensor(try data.examples(0..<400))
      let z = model.encode(x, using: &pass)
      let covariance = Matrix(
        try (Tensor.product(z, z, transposingFirst: true) * Tensor(1 / 399)).evaluated())
      let variances = covariance.diagonal
      #expect(variances == variances.sorted(by: >) || whitens)
      for row in 0..<8 {
        for column in 0..<8 {
          let exact =
            row != column ? 0 : whitens ? 1 : Double(model.explainedVariance.value.scalars[row])
          #expect(abs(covariance[row, column] - exact) < 1e-3 * (1 + exact))
        }
      }
      let rebuilt = model.reconstruct(x, using: &pass)
      let error = try (rebuilt - x).squared().summedPerExample().mean().evaluated().scalars[0]
      let loss = try Evaluator(model, data: data.shape).losses(on: data, seed: 1)["loss"]
      #expect(abs(Double(error) - (loss ?? 0)) < 1e-4)
    }
  }

  @Test(
    "Data that varies in too few directions, or has too few elements, is refused with a way out")
  func refusals() throws {
    func message(_ data: Dataset, latentSize: Int) -> String {
      do {
        _ = try fitted(data, [Setting(key: "latentSize", value: .integer(latentSize))])
        return "fitted"
      } catch { return "\(error)" }
    }
    let prefix = "pca cannot train on this data: "
    #expect(
      message(ellipsoid(50, size: 6), latentSize: 6)
        == prefix
        + "its 50 examples vary in 5 directions; use --set latentSize=5 or less")
    #expect(
      message(ellipsoid(4, size: 6), latentSize: 4)
        == prefix
        + "its 4 examples vary in 3 directions; use --set latentSize=3 or less")
    #expect(
      message(ellipsoid(50, size: 6), latentSize: 7)
        == prefix + "its examples have 6 elements; use --set latentSize=6 or less")
    let same = Dataset(
      name: "same", shape: DataShape([2]), floats: [1, 2, 1, 2], origin: DataOrigin(source: "x"))
    #expect(
      message(same, latentSize: 1)
        == prefix + "its 2 examples vary in 0 directions; give it examples that differ")
  }

  @Test("Networks that would not be used are refused")
  func otherBackbone() throws {
    let registry = try FamilyTests.makeRegistry()
    let data = try FamilyTests.digits()
    for family in ["pca", "factor-analysis"] {
      let specification = try registry.specification(
        for: family, backbone: "dense", data: data.signature)
      var random = RandomSource(seed: 1)
      #expect {
        _ = try registry.makeModel(specification, using: &random)
      } throws: {
        "\($0)" == "\(family) has no networks to be made of dense: leave --backbone out"
      }
    }
  }

  @Test("A linear autoencoder trained long enough spans the same subspace")
  func linearAutoencoder() throws {
    let (registry, data) = (try FamilyTests.makeRegistry(), try FamilyTests.digits(300))
    let settings = [
      Setting(key: "latentSize", value: 3), Setting(key: "loss", value: "squaredError"),
      Setting(key: "outputActivation", value: "identity"),
    ]
    let specification = try registry.specification(
      for: "ae", backbone: "linear", settings: settings, data: data.signature)
    var random = RandomSource(seed: 1)
    let autoencoder = try registry.makeModel(specification, using: &random)
    var options = TrainingOptions()
    (options.epochs, options.batchSize, options.learningRate) = (400, 50, 1e-2)
    options.schedule = LearningRateSchedule(.cosine)
    _ = try train(autoencoder, options, data)
    let weights = try #require(
      autoencoder.namedParameters.first { $0.path == "decoder/output/weight" }?.parameter)
    let (pca, _) = try fitted(data, [settings[0]])
    let cosines = try principalCosines(
      Matrix(weights.value).transposed, Matrix(pca.components.value))
    #expect(cosines.allSatisfy { $0 > 0.999 }, "cosines of the principal angles: \(cosines)")
  }

  private func train(
    _ model: some ModelFamily, _ options: TrainingOptions, _ data: Dataset
  ) throws -> TrainingHistory {
    try Trainer(options).train(model, on: TrainingData(data))
  }

  /// Cosines of the angles between the spaces that rows span, from the greatest.
  private func principalCosines(_ a: Matrix, _ b: Matrix) throws -> [Double] {
    let (a, b) = (try orthonormal(a), try orthonormal(b))
    let products = try Matrix.product(a, b, transposingSecond: true)
    let squares = try Matrix.product(products, products, transposingSecond: true)
    return try SymmetricEigendecomposition(of: squares).values.map { max($0, 0).squareRoot() }
  }

  /// `L⁻¹ A` with `A Aᵀ = L Lᵀ`, up to a rotation: orthonormal rows of the same span.
  private func orthonormal(_ rows: Matrix) throws -> Matrix {
    let found = try SymmetricEigendecomposition(
      of: try Matrix.product(rows, rows, transposingSecond: true))
    return try Matrix.product(
      found.vectors.scalingRows(by: found.values.map { 1 / $0.squareRoot() }), rows)
  }

  @Test(
    "Thirty components of MNIST lose what scikit-learn's lose",
    .enabled(if: SharedData.has("mnist")))
  func mnist() throws {
    let parts = try DataSource(parsing: SharedData.source("mnist")).open()
    let (model, history) = try fitted(parts.train, [Setting(key: "latentSize", value: 30)])
    let loss = try #require(history.epochs.first?.training["loss"])
    #expect(abs(loss - Self.trainError) < 5e-4)
    let test = try #require(parts.test)
    let error = try Evaluator(model, data: test.shape).losses(on: test, seed: 1)["loss"]
    #expect(abs((error ?? 0) - Self.testError) < 5e-4)
  }

  /// Squared error per image after scikit-learn 1.9.1's `PCA(30)`, fitted on the 60,000 training images.
  private static let trainError = 14.207105
  /// The same of the 10,000 test images.
  private static let testError = 13.866266
}
