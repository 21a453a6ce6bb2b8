/// A mixture of normal distributions fitted on codes, so that any family can sample.
///
/// One component for each k-means cluster of the codes, with the cluster's mean and covariance. Codes of more than
/// ``largestFullSize`` elements get independent variances.
public struct LatentDensity: Hashable, Sendable {
  /// One normal distribution of the mixture.
  public struct Component: Hashable, Sendable {
    /// Share of the codes, in `(0, 1]`.
    public let weight: Double
    /// `[latentSize]`
    public let mean: [Double]
    /// The lower triangle `L` with `covariance = L · Lᵀ`, `[latentSize, latentSize]` row-major; or standard
    /// deviations, `[latentSize]`.
    public let factor: [Double]

    /// Restores a component; `nil` where the numbers cannot be one.
    public init?(weight: Double, mean: [Double], factor: [Double]) {
      guard weight >= 0, mean.allSatisfy(\.isFinite), factor.allSatisfy(\.isFinite),
        factor.count == mean.count || factor.count == mean.count * mean.count
      else { return nil }
      self.weight = weight
      self.mean = mean
      self.factor = factor
    }
  }

  /// The parts of the mixture; their weights sum to 1.
  public let components: [Component]

  /// The longest code that gets full covariances.
  public static let largestFullSize = 512
  /// The most components.
  public static let mostComponents = 10

  /// Number of elements of a code.
  public var latentSize: Int { components.first?.mean.count ?? 0 }

  /// Restores a density; `nil` where the components do not fit each other.
  public init?(_ components: [Component]) {
    guard let first = components.first,
      components.allSatisfy({
        $0.mean.count == first.mean.count && $0.factor.count == first.factor.count
      }), abs(components.reduce(0) { $0 + $1.weight } - 1) < 1e-6
    else { return nil }
    self.components = components
  }

  /// Fits a density.
  ///
  /// - Parameters:
  ///   - codes: `[N, latentSize]`, `N` at least 1.
  ///   - seed: decides the clusters.
  ///   - engine: where it is computed.
  /// - Throws: a `TensorError`.
  public init(fitting codes: NDArray, seed: UInt64 = 1, on engine: Engine = .shared) throws {
    let (count, size) = (codes.shape[0], codes.shape[1])
    // Enough codes for each component's covariance.
    let wanted = min(Self.mostComponents, max(1, count / (8 * max(size, 1))))
    var rows = [[Int]](repeating: [], count: 1)
    if wanted > 1 {
      let groups = try KMeans(of: codes, into: wanted, seed: seed, attempts: 1, on: engine)
      rows = Array(repeating: [], count: wanted)
      for (row, cluster) in groups.clusters.enumerated() { rows[cluster].append(row) }
    } else {
      rows[0] = Array(0..<count)
    }
    components = try rows.filter { !$0.isEmpty }.compactMap { members in
      try Self.component(of: codes, members, share: Double(members.count) / Double(count), engine)
    }
  }

  private static func component(
    of codes: NDArray, _ members: [Int], share: Double, _ engine: Engine
  ) throws -> Component? {
    let size = codes.shape[1]
    var mean = [Double](repeating: 0, count: size)
    for row in members {
      for column in 0..<size { mean[column] += Double(codes.scalars[row * size + column]) }
    }
    mean = mean.map { $0 / Double(members.count) }
    var centred = NDArray(repeating: 0, shape: [members.count, size])
    for (place, row) in members.enumerated() {
      for column in 0..<size {
        centred.scalars[place * size + column] =
          codes.scalars[row * size + column] - Float(mean[column])
      }
    }
    let degrees = Double(max(members.count - 1, 1))
    let x = Tensor(centred)
    guard size <= largestFullSize else {
      let squares = try x.squared().sum(axes: 0..<1).evaluated(on: engine)
      let deviations = squares.scalars.map { (Double($0) / degrees).squareRoot() }
      return Component(weight: share, mean: mean, factor: deviations)
    }
    let scatter = try Tensor.product(x, x, transposingFirst: true).evaluated(on: engine)
    let factor = cholesky(scatter.scalars.map { Double($0) / degrees }, size: size)
    return Component(weight: share, mean: mean, factor: factor)
  }

  /// The lower triangle of a covariance; directions without variance stay without.
  private static func cholesky(_ covariance: [Double], size: Int) -> [Double] {
    var lower = [Double](repeating: 0, count: size * size)
    let largest = (0..<size).map { covariance[$0 * size + $0] }.max() ?? 0
    for column in 0..<size {
      var pivot = covariance[column * size + column]
      for k in 0..<column { pivot -= lower[column * size + k] * lower[column * size + k] }
      guard pivot > largest * 1e-10 else { continue }
      let root = pivot.squareRoot()
      lower[column * size + column] = root
      for row in (column + 1)..<max(size, column + 1) {
        var sum = covariance[row * size + column]
        for k in 0..<column { sum -= lower[row * size + k] * lower[column * size + k] }
        lower[row * size + column] = sum / root
      }
    }
    return lower
  }

  /// Draws codes.
  ///
  /// - Returns: `[count, latentSize]`.
  public func sample(_ count: Int, using random: inout RandomSource) -> NDArray {
    let size = latentSize
    var codes = NDArray(repeating: 0, shape: [count, size])
    for row in 0..<count {
      let part = component(at: Double(random.uniform()))
      let noise = (0..<size).map { _ in random.normal() }
      let isFull = part.factor.count == size * size
      for i in 0..<size {
        var value = part.mean[i]
        if isFull {
          for k in 0...i { value += part.factor[i * size + k] * noise[k] }
        } else {
          value += part.factor[i] * noise[i]
        }
        codes.scalars[row * size + i] = Float(value)
      }
    }
    return codes
  }

  /// The component into whose share of `0..<1` a number falls.
  private func component(at place: Double) -> Component {
    var rest = place
    for component in components.dropLast() {
      if rest < component.weight { return component }
      rest -= component.weight
    }
    return components[components.count - 1]
  }
}
