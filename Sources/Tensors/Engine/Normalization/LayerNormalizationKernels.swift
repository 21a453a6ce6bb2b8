internal import CKernels

/// The sizes of rows that are normalised: `[N, ..., features...]`, in memory `N` images of `height` rows.
struct RowGeometry {
  let shape: Shape
  let images: Int
  /// Rows of an image.
  let height: Int
  let features: Int

  init(_ shape: Shape, axis: Int) {
    self.shape = shape
    images = axis > 0 ? shape[0] : 1
    height = axis > 0 ? shape.dimensions[1..<axis].reduce(1, *) : 1
    features = shape.dimensions[axis...].reduce(1, *)
  }

  /// In how many parts sums over all rows are taken: not that of the workers, so that they come out the same for any team.
  var parts: Int { min(images, 32) }

  func rows(ofImages images: Range<Int>) -> Range<Int> {
    images.lowerBound * height..<images.upperBound * height
  }

  func rows(ofPart part: Int) -> Range<Int> {
    rows(ofImages: share(of: images, worker: part, in: parts))
  }

  func elements(_ rows: Range<Int>) -> Range<Int> {
    rows.lowerBound * features..<rows.upperBound * features
  }
}

/// Normalises rows, shared out by the first axis.
struct LayerNormalizationKernel: Kernel {
  let rows: RowGeometry
  let epsilon: Float
  let x: ValueID
  let weight: ValueID
  let bias: ValueID
  let result: ValueID
  let mean: ValueID
  let inverse: ValueID

  var label: String { "LayerNormalization \(rows.shape) by \(rows.features)" }

  private func rows(of worker: Int, in workers: Int) -> Range<Int> {
    rows.rows(ofImages: share(of: rows.images, worker: worker, in: workers))
  }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = rows(of: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let features = 0..<rows.features
    return [
      .read(x, rows.elements(mine)), .read(weight, features), .read(bias, features),
      .write(result, rows.elements(mine)), .write(mean, mine), .write(inverse, mine),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = rows(of: worker, in: workers)
    let first = rows.elements(mine).lowerBound
    let (x, result) = (
      memory[x].advanced(byElements: first), memory[result].advanced(byElements: first)
    )
    let (mean, inverse) = (
      memory[mean].advanced(byElements: mine.lowerBound),
      memory[inverse].advanced(byElements: mine.lowerBound)
    )
    let (weight, bias, epsilon) = (memory[weight], memory[bias], epsilon)
    let (count, features) = (Int64(mine.count), Int64(rows.features))
    return { frame in
      lz_layer_normalize(
        frame.floats(x), frame.floats(result), count, features, frame.floats(weight),
        frame.floats(bias), epsilon, frame.floats(mean), frame.floats(inverse))
      return 0
    }
  }
}

/// The gradients of normalised rows: by the rows, and of each part of the batch by weight and bias; shared out by parts.
struct LayerGradientKernel: Kernel {
  let rows: RowGeometry
  let x: ValueID
  let gradient: ValueID
  let weight: ValueID
  let mean: ValueID
  let inverse: ValueID
  let result: ValueID
  /// `[parts, features]`
  let ofWeight: ValueID
  /// `[parts, features]`
  let ofBias: ValueID

  var label: String { "LayerNormalizationGradient \(rows.shape) by \(rows.features)" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = share(of: rows.parts, worker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let own =
      rows.rows(
        ofPart: mine.lowerBound
      ).lowerBound..<rows.rows(ofPart: mine.upperBound - 1).upperBound
    let sums = mine.lowerBound * rows.features..<mine.upperBound * rows.features
    return [
      .read(x, rows.elements(own)), .read(gradient, rows.elements(own)),
      .read(weight, 0..<rows.features), .read(mean, own), .read(inverse, own),
      .write(result, rows.elements(own)), .write(ofWeight, sums), .write(ofBias, sums),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = share(of: rows.parts, worker: worker, in: workers)
    let (x, gradient, result) = (memory[x], memory[gradient], memory[result])
    let (weight, mean, inverse) = (memory[weight], memory[mean], memory[inverse])
    let (ofWeight, ofBias, rows) = (memory[ofWeight], memory[ofBias], rows)
    return { frame in
      for part in mine {
        let own = rows.rows(ofPart: part)
        let first = rows.elements(own).lowerBound
        lz_layer_gradient(
          frame.floats(x) + first, frame.floats(gradient) + first, frame.floats(result) + first,
          Int64(own.count), Int64(rows.features), frame.floats(weight),
          frame.floats(mean) + own.lowerBound, frame.floats(inverse) + own.lowerBound,
          frame.floats(ofWeight) + part * rows.features,
          frame.floats(ofBias) + part * rows.features)
      }
      return 0
    }
  }
}
