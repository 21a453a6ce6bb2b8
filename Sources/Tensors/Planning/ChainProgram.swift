/// A chain of elementwise nodes as a program over slots: how each operand lies beside the matrix.
struct ChainProgram {
  /// How a slot's memory lies beside the matrix of rows and columns.
  enum SlotKind: Hashable { case full, scalar, row, column, register }
  struct Step { let operation: StepOperation, out: Int, inputs: [Int] }
  enum StepOperation: Hashable {
    case elementwise(Elementwise)
    case copy, rowSum
  }

  let rows: Int
  let columns: Int
  var kinds: [SlotKind] = []
  var steps: [Step] = []
  /// Value of each slot that is memory; registers have none.
  var values: [ValueID?] = []
  /// Slots that are written.
  var results: Set<Int> = []

  /// Splits a shape into rows and columns before `axis`.
  init(shape: Shape, axis: Int) {
    self.init(
      rows: shape.dimensions[..<axis].reduce(1, *),
      columns: shape.dimensions[axis...].reduce(1, *))
  }

  init(rows: Int, columns: Int) { (self.rows, self.columns) = (rows, columns) }

  mutating func addSlot(_ kind: SlotKind, _ value: ValueID?, isResult: Bool = false) -> Int {
    kinds.append(kind)
    values.append(value)
    if isResult { results.insert(kinds.count - 1) }
    return kinds.count - 1
  }

  /// How an operand of shape `operand` lies beside a matrix made of `shape` at `axis`; `nil` where it
  /// repeats in another pattern.
  static func kind(of operand: Shape, beside shape: Shape, axis: Int) -> SlotKind? {
    if operand == shape { return .full }
    if operand.count == 1 { return .scalar }
    guard operand.rank <= shape.rank else { return nil }
    let padded = [Int](repeating: 1, count: shape.rank - operand.rank) + operand.dimensions
    let (outer, inner) = (padded[..<axis], padded[axis...])
    let (rows, columns) = (shape.dimensions[..<axis], shape.dimensions[axis...])
    if outer.allSatisfy({ $0 == 1 }), inner == columns { return .row }
    if outer == rows, inner.allSatisfy({ $0 == 1 }) { return .column }
    return outer == rows && inner == columns ? .full : nil
  }

  /// The axis that splits `shape` so that most operands lie simply beside it; early axes first, because a team shares out
  /// rows.
  static func axis(for operands: [Shape], beside shape: Shape, fixed: Int?) -> Int {
    if let fixed { return fixed }
    let candidates = Array(1..<max(shape.rank, 2)) + [0]
    let fitting = candidates.filter { $0 <= shape.rank }.map { axis in
      (axis, operands.count { kind(of: $0, beside: shape, axis: axis) != nil })
    }
    let best = fitting.map(\.1).max()
    return fitting.first { $0.1 == best }?.0 ?? 0
  }
}
