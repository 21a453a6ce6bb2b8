/// The rows of a stored array as examples: bytes divided by 255, other numbers as they are.
struct StoredArraySource<Array: StoredArray>: ExampleSource {
  let array: Array
  let layout: ArrayLayout

  var count: Int { array.shape[0] }
  var byteDivisor: Float? { array.holdsBytes ? 255 : nil }

  func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError) {
    let size = layout.shape.featureCount
    var start = 0
    while start < rows.count {
      // Rows that follow one another are read at once.
      var end = start + 1
      while end < rows.count, rows[end] == rows[end - 1] + 1 { end += 1 }
      let part = UnsafeMutableBufferPointer(rebasing: target[start * size..<end * size])
      try array.copy(rows[start]..<rows[end - 1] + 1, into: part)
      start = end
    }
    if array.holdsBytes {
      for index in 0..<rows.count * size { target[index] /= 255 }
    }
    if layout.isChannelsLast, (layout.shape.channels ?? 1) > 1 {
      reorder(target, count: rows.count)
    }
  }

  private func reorder(_ target: UnsafeMutableBufferPointer<Float>, count: Int) {
    let size = layout.shape.featureCount
    let spare = UnsafeMutableBufferPointer<Float>.allocate(capacity: size)
    defer { spare.deallocate() }
    for row in 0..<count {
      let example = UnsafeMutableBufferPointer(rebasing: target[row * size..<(row + 1) * size])
      _ = spare.update(from: example)
      layout.reorder(UnsafeBufferPointer(spare), into: example)
    }
  }
}
