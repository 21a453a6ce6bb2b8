internal import CKernels

/// Neighbouring places along one axis that move together: place `from + i · fromStep` of the source goes to place
/// `to + i · toStep` of the result.
struct Segment: Hashable {
  var count: Int
  var from = 0
  var fromStep = 1
  var to = 0
  var toStep = 1

  /// The same places, moved back.
  var returned: Segment {
    Segment(count: count, from: to, fromStep: toStep, to: from, toStep: fromStep)
  }

  /// The part that arrives within `range`.
  func arriving(in range: Range<Int>) -> Segment {
    guard count > 0 else { return self }
    guard toStep != 0 else { return range.contains(to) ? self : Segment(count: 0) }
    let places = toStep > 0 ? self : backwards
    // The first index that arrives at `place` or after it.
    func index(of place: Int) -> Int {
      let distance = place - places.to
      return distance <= 0 ? 0 : min((distance + places.toStep - 1) / places.toStep, count)
    }
    let (first, end) = (index(of: range.lowerBound), index(of: range.upperBound))
    return Segment(
      count: end - first, from: places.from + first * places.fromStep, fromStep: places.fromStep,
      to: places.to + first * places.toStep, toStep: places.toStep)
  }

  /// The same places, last one first.
  private var backwards: Segment {
    Segment(
      count: count, from: from + (count - 1) * fromStep, fromStep: -fromStep,
      to: to + (count - 1) * toStep, toStep: -toStep)
  }
}

/// Moves boxes of elements from one or several values into one: joining, slicing, padding and their gradients. Shared
/// out by the result's first axis. Axes are in the order they lie in memory.
struct MoveKernel: Kernel {
  /// A box that moves as a whole: one segment along each axis.
  struct Box {
    let source: ValueID
    /// Extents of the source.
    let dimensions: [Int]
    let segments: [Segment]
  }

  let name: String
  /// Extents of the result.
  let dimensions: [Int]
  let boxes: [Box]
  let result: ValueID
  /// What the result holds where no box goes; `nil` where boxes cover all of it.
  var fill: Float?
  /// Whether boxes meet in the result, their elements added.
  var adds = false

  /// Elements of the result worked on at a time: what several boxes write in turn stays in the second-level cache.
  private static let chunk = 1 << 15

  var label: String { "\(name) to \(Shape(dimensions))" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = Shape(dimensions).elements(of: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let rows = rows(of: worker, in: workers)
    return boxes.compactMap { box in
      Run(box, to: dimensions, rows: rows).map { .read(box.source, $0.sourceRange) }
    } + [.write(result, mine)]
  }

  private func rows(of worker: Int, in workers: Int) -> Range<Int> {
    guard let rows = dimensions.first else { return 0..<(worker == 0 ? 1 : 0) }
    return share(of: rows, worker: worker, in: workers)
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = rows(of: worker, in: workers)
    let rowCount = dimensions.dropFirst().reduce(1, *)
    let height =
      boxes.count == 1 && fill == nil ? mine.count : max(1, Self.chunk / max(rowCount, 1))
    var tasks: [Task] = []
    for first in stride(from: mine.lowerBound, to: mine.upperBound, by: max(height, 1)) {
      let rows = first..<min(first + height, mine.upperBound)
      if let fill {
        let target = memory[result].advanced(byElements: rows.lowerBound * rowCount)
        let count = Int64(rows.count * rowCount)
        tasks.append { frame in
          lz_fill(frame.floats(target), fill, count)
          return 0
        }
      }
      for box in boxes {
        guard let run = Run(box, to: dimensions, rows: rows) else { continue }
        tasks.append(run.task(from: memory[box.source], to: memory[result], adds: adds))
      }
    }
    return { frame in
      for task in tasks { _ = task(frame) }
      return 0
    }
  }
}

/// A box, cut to some rows of the result, as offsets and strides; neighbouring axes that lie one after the other in both
/// memories are one.
private struct Run {
  private struct Axis {
    var count: Int
    var from: Int
    var to: Int
  }

  private var axes: [Axis] = []
  private var source = 0
  private var target = 0
  /// The elements of the source between the first and the last that is read.
  private(set) var sourceRange = 0..<1

  /// `nil` where nothing moves.
  init?(_ box: MoveKernel.Box, to dimensions: [Int], rows: Range<Int>) {
    var segments = box.segments
    if let first = segments.first { segments[0] = first.arriving(in: rows) }
    guard segments.allSatisfy({ $0.count > 0 }) else { return nil }
    let (from, to) = (Shape(box.dimensions).rowMajorStrides, Shape(dimensions).rowMajorStrides)
    var (least, greatest) = (0, 0)
    for (axis, segment) in segments.enumerated() {
      source += segment.from * from[axis]
      target += segment.to * to[axis]
      let step = segment.fromStep * from[axis]
      least += min(0, (segment.count - 1) * step)
      greatest += max(0, (segment.count - 1) * step)
      append(Axis(count: segment.count, from: step, to: segment.toStep * to[axis]))
    }
    sourceRange = source + least..<source + greatest + 1
  }

  private mutating func append(_ axis: Axis) {
    guard axis.count > 1 else { return }
    if let last = axes.last, last.from == axis.count * axis.from, last.to == axis.count * axis.to {
      axes[axes.count - 1] = Axis(count: last.count * axis.count, from: axis.from, to: axis.to)
    } else {
      axes.append(axis)
    }
  }

  func task(from: Location, to: Location, adds: Bool) -> Task {
    let (from, to) = (from.advanced(byElements: source), to.advanced(byElements: target))
    let counts = axes.map { Int64($0.count) }
    let (steps, strides) = (axes.map { Int64($0.from) }, axes.map { Int64($0.to) })
    let adds: Int32 = adds ? 1 : 0
    return { frame in
      lz_move_box(
        frame.floats(from), frame.floats(to), Int32(counts.count), counts, steps, strides, adds)
      return 0
    }
  }
}
