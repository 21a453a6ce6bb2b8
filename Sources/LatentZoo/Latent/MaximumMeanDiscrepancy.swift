import Foundation

/// How far two samples are from being drawn of one distribution (Gretton et al. 2012, "A kernel two-sample test",
/// https://jmlr.org/papers/v13/gretton12a.html).
///
/// `MMD² = mean k(x, x′) + mean k(y, y′) − 2 · mean k(x, y)`, where `k` is the mean of three Gaussian kernels
/// `exp(−‖a − b‖² / 2s²)` with `s` half the bandwidth, the bandwidth and twice the bandwidth.
public struct MaximumMeanDiscrepancy: Codable, Hashable, Sendable {
  /// The discrepancy itself: the root of ``unbiasedSquared``, 0 where that lies below 0.
  public var value: Double
  /// The median distance between any two of all points (the median heuristic).
  public var bandwidth: Double
  /// `MMD²` over pairs of different points: on average 0 for samples of one distribution, so it can lie below 0.
  public var unbiasedSquared: Double
  /// `MMD²` over all pairs, a point with itself among them: never below 0, but above it for samples of one distribution.
  public var biasedSquared: Double

  /// Points that the bandwidth is estimated on, at most.
  private static let mostForBandwidth = 1000
  /// Rows compared at a time.
  private static let blockSize = 512

  /// Compares two samples; time and the memory of a block grow with the number of points squared and with it.
  ///
  /// - Parameters:
  ///   - x: `[N, D]`, `N` at least 2.
  ///   - y: `[M, D]`, `M` at least 2.
  ///   - bandwidth: of the middle kernel; `nil` for the median heuristic, on at most 1,000 of the points.
  ///   - engine: where it is computed.
  /// - Precondition: the shapes are as said.
  /// - Throws: a `TensorError`.
  public init(
    between x: NDArray, and y: NDArray, bandwidth: Double? = nil, on engine: Engine = .shared
  ) throws {
    precondition(
      x.shape.rank == 2 && y.shape.rank == 2 && x.shape[1] == y.shape[1] && x.shape[0] > 1
        && y.shape[0] > 1, "samples to compare of shapes \(x.shape) and \(y.shape)")
    let points = NDArray(
      x.scalars + y.scalars, shape: [x.shape[0] + y.shape[0], x.shape[1]])
    let width = bandwidth ?? Self.medianDistance(of: points)
    let sums = try Self.kernelSums(of: points.centred(), firstCount: x.shape[0], width, engine)
    let (n, m) = (Double(x.shape[0]), Double(y.shape[0]))
    self.bandwidth = width
    let across = 2 * sums.across / (n * m)
    unbiasedSquared =
      2 * sums.first / (n * (n - 1)) + 2 * sums.second / (m * (m - 1)) - across
    value = max(unbiasedSquared, 0).squareRoot()
    // A point has the kernel 1 with itself.
    biasedSquared = (2 * sums.first + n) / (n * n) + (2 * sums.second + m) / (m * m) - across
  }

  /// Sums of the kernel over pairs: two of the first points, two of the others, one of each.
  private static func kernelSums(
    of points: NDArray, firstCount: Int, _ bandwidth: Double, _ engine: Engine
  ) throws -> (first: Double, second: Double, across: Double) {
    let (count, size) = (points.shape[0], points.shape[1])
    let squares = (0..<count).map { row in
      points.scalars[row * size..<(row + 1) * size].reduce(0.0) { $0 + Double($1) * Double($1) }
    }
    let matrix = Tensor(points)
    let products = CompiledFunction(on: engine) {
      [.product($0[0], matrix, transposingSecond: true)]
    }
    let scale = -1 / (8 * bandwidth * bandwidth)
    var sums = (first: 0.0, second: 0.0, across: 0.0)
    for start in stride(from: 0, to: count, by: blockSize) {
      let rows = start..<min(start + blockSize, count)
      let plan = try products.plan(for: [[rows.count, size]])
      try plan.run([points.rows(rows)])
      plan.withOutput(0) { products in
        for row in rows {
          let line = (row - start) * count
          func sum(_ columns: Range<Int>) -> Double {
            var sum = 0.0
            for column in columns {
              let distance = squares[row] + squares[column] - 2 * Double(products[line + column])
              // The widest kernel; the others are its fourth and sixteenth power.
              let wide = exp(scale * max(distance, 0))
              let middle = wide * wide * (wide * wide)
              sum += wide + middle + middle * middle * (middle * middle)
            }
            return sum / 3
          }
          if row < firstCount {
            sums.first += sum(row + 1..<firstCount)
            sums.across += sum(firstCount..<count)
          } else {
            sums.second += sum(row + 1..<count)
          }
        }
      }
    }
    return sums
  }

  /// The median distance between two of the points, evenly spread ones where there are many; 1 where it is 0.
  private static func medianDistance(of points: NDArray) -> Double {
    let (count, size) = (points.shape[0], points.shape[1])
    let chosen = min(count, mostForBandwidth)
    let rows = (0..<chosen).map {
      points.scalars[$0 * count / chosen * size..<($0 * count / chosen + 1) * size]
    }
    var squares: [Double] = []
    squares.reserveCapacity(chosen * (chosen - 1) / 2)
    for (number, row) in rows.enumerated() {
      for other in rows[..<number] {
        squares.append(
          zip(row, other).reduce(0) {
            $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
          })
      }
    }
    squares.sort()
    let median = squares[squares.count / 2].squareRoot()
    return median > 0 ? median : 1
  }
}
