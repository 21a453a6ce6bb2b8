/// Finds, for each row of a matrix, the nearest rows of a reference matrix in Euclidean distance.
///
/// Distances are compared through matrix products: `‖q − r‖² = ‖q‖² − 2 (q·r − ‖r‖²/2)`, and the term
/// in brackets ranks the references of a row. All rows are shifted by the mean of the references first,
/// so that little is lost where codes lie far from the origin. Of equally near references the one with
/// the lower index comes first.
struct NearestRows {
  /// Number of reference rows.
  let referenceCount: Int
  private let size: Int
  private let mean: [Float]
  private let scores: CompiledFunction

  /// Rows compared at a time.
  private static let blockSize = 512

  /// Prepares a search.
  ///
  /// - Parameter references: `[M, D]`, at least one row.
  init(among references: NDArray, on engine: Engine = .shared) {
    let (count, size) = (references.shape[0], references.shape[1])
    let mean = Self.mean(of: references)
    let centred = Self.shifted(references, by: mean)
    let halfSquares = (0..<count).map { row in
      centred.scalars[row * size..<(row + 1) * size].reduce(0.0) { sum, value in
        sum - Double(value) * Double(value) / 2
      }
    }
    let (matrix, bias) = (
      Tensor(centred), Tensor(NDArray(halfSquares.map { Float($0) }, shape: [count]))
    )
    referenceCount = count
    self.size = size
    self.mean = mean
    scores = CompiledFunction(on: engine) { inputs in
      [.product(inputs[0], matrix, transposingSecond: true, bias: bias)]
    }
  }

  /// Calls `body` for each row of `queries` in order with the indices of its nearest references,
  /// nearest first.
  ///
  /// - Parameters:
  ///   - count: how many to find; fewer are given where there are fewer references.
  ///   - queries: `[N, D]`.
  ///   - excluded: for each query a reference that does not count, such as the query itself.
  func nearest(
    _ count: Int, to queries: NDArray, excluding excluded: [Int]? = nil,
    _ body: (_ query: Int, _ nearest: [Int]) -> Void
  ) throws {
    for start in stride(from: 0, to: queries.shape[0], by: Self.blockSize) {
      let rows = start..<min(start + Self.blockSize, queries.shape[0])
      let block = Self.shifted(queries.rows(rows), by: mean)
      let plan = try scores.plan(for: [block.shape])
      try plan.run([block])
      plan.withOutput(0) { scores in
        for row in rows {
          let first = (row - rows.lowerBound) * referenceCount
          let line = UnsafeBufferPointer(rebasing: scores[first..<first + referenceCount])
          body(row, Self.greatest(count, of: line, excluding: excluded?[row]))
        }
      }
    }
  }

  /// Indices of the greatest numbers, greatest first and equal ones in order.
  private static func greatest(
    _ count: Int, of scores: UnsafeBufferPointer<Float>, excluding excluded: Int?
  ) -> [Int] {
    var best: [(index: Int, score: Float)] = []
    best.reserveCapacity(count + 1)
    var least = -Float.infinity
    for index in scores.indices {
      let score = scores[index]
      if best.count == count, score <= least { continue }
      if index == excluded { continue }
      let place = best.firstIndex { $0.score < score } ?? best.count
      best.insert((index, score), at: place)
      if best.count > count { best.removeLast() }
      if best.count == count { least = best[count - 1].score }
    }
    return best.map(\.index)
  }

  private static func mean(of rows: NDArray) -> [Float] {
    let (count, size) = (rows.shape[0], rows.shape[1])
    var sums = [Double](repeating: 0, count: size)
    for row in 0..<count {
      for column in 0..<size { sums[column] += Double(rows.scalars[row * size + column]) }
    }
    return sums.map { Float($0 / Double(count)) }
  }

  private static func shifted(_ rows: NDArray, by mean: [Float]) -> NDArray {
    var shifted = rows
    shifted.scalars.withUnsafeMutableBufferPointer { scalars in
      for row in 0..<rows.shape[0] {
        for column in mean.indices { scalars[row * mean.count + column] -= mean[column] }
      }
    }
    return shifted
  }
}
