internal import CKernels

/// Images at another size, or the gradient of that, channels last, shared out by images.
struct ResizeKernel: Kernel {
  let interpolation: Interpolation
  let isGradient: Bool
  /// Before.
  let images: Shape
  /// After.
  let results: Shape
  let source: ValueID
  let result: ValueID

  var label: String { "Resize\(isGradient ? "Gradient" : "") \(images) to \(results)" }

  private var sourceShape: Shape { isGradient ? results : images }
  private var resultShape: Shape { isGradient ? images : results }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = resultShape.elements(of: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    return [.read(source, sourceShape.elements(of: worker, in: workers)), .write(result, mine)]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let from = memory[source].advanced(
      byElements: sourceShape.elements(of: worker, in: workers).lowerBound)
    let to = memory[result].advanced(
      byElements: resultShape.elements(of: worker, in: workers).lowerBound)
    let count = Int64(share(of: images[0], worker: worker, in: workers).count)
    let (rows, columns) = (taps(axis: 2), taps(axis: 3))
    let (isGradient, shape) = (isGradient, shape)
    memory.wantScratch(bytes: images[1] * images[3] * MemoryLayout<Float>.stride)
    return { frame in
      let scratch = frame.scratch.assumingMemoryBound(to: Float.self)
      withUnsafePointer(to: shape) { shape in
        if isGradient {
          lz_resize_gradient(
            shape, rows, columns, frame.floats(from), frame.floats(to), count, scratch)
        } else {
          lz_resize(shape, rows, columns, frame.floats(from), frame.floats(to), count, scratch)
        }
      }
      return 0
    }
  }

  private var shape: lz_resize_shape {
    lz_resize_shape(
      height: Int64(images[2]), width: Int64(images[3]), result_height: Int64(results[2]),
      result_width: Int64(results[3]), channels: Int64(images[1]),
      is_linear: interpolation == .nearest ? 0 : 1)
  }

  /// Where each row or column of the result comes from.
  private func taps(axis: Int) -> [lz_tap] {
    let (extent, count) = (images[axis], results[axis])
    return (0..<count).map { place in
      let position: Double
      switch interpolation {
      case .nearest:
        // In whole numbers: a quotient just below one would take the neighbour.
        let nearest = Int32(place * extent / count)
        return lz_tap(first: nearest, second: nearest, first_weight: 1, second_weight: 0)
      case .linear:
        position = max((Double(place) + 0.5) * Double(extent) / Double(count) - 0.5, 0)
      case .linearAlignedCorners:
        position = count > 1 ? Double(place) * Double(extent - 1) / Double(count - 1) : 0
      }
      let first = min(Int(position), extent - 1)
      let share = min(max(position - Double(first), 0), 1)
      return lz_tap(
        first: Int32(first), second: Int32(min(first + 1, extent - 1)),
        first_weight: Float(1 - share), second_weight: Float(share))
    }
  }
}
