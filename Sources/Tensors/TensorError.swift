/// What can go wrong while a graph is recorded, planned or run.
public enum TensorError: Error, Hashable, Sendable {
  /// The operands of an operator do not fit each other.
  case shapesDoNotMeet(operation: String, layer: String?, shapes: [Shape], reason: String)
  /// oneDNN declined to make or run a primitive.
  case engineRefused(
    call: String, status: Int, operation: String, layer: String?, shapes: [Shape])
  /// A run was given the wrong number of inputs or an input of the wrong shape.
  case wrongInput(index: Int, expected: Shape, found: Shape?)
  /// A graph reads an input that its plan was not told of.
  case unlistedInput(shape: Shape)
  /// A gradient was asked of something that is no single number.
  case gradientOfNonScalar(shape: Shape)
  /// A gradient would have to flow through an operator that has none: through another gradient, as a rule.
  case gradientUnavailable(operation: String, layer: String?)
  /// An operator was given a number that chooses nothing: a class or a word that does not exist.
  case indexOutOfRange(operation: String, layer: String?)
  /// The threads of a team could not be started.
  case threadsUnavailable(count: Int)
  /// A graph needs more memory than can be had.
  case outOfMemory(bytes: Int, largest: String)
  /// LAPACK could not decompose or solve.
  case lapackRefused(call: String, status: Int, size: Int)
  /// A matrix that must be a covariance is none: its rows from this one on depend on those above.
  case notPositiveDefinite(size: Int, row: Int)
}

extension TensorError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .shapesDoNotMeet(let operation, let layer, let shapes, let reason):
      let place = layer.map { "layer \"\($0)\": " } ?? ""
      let list = shapes.map(\.description).joined(separator: " and ")
      return "\(place)\(operation) of \(list): \(reason)"
    case .engineRefused(let call, let status, let operation, let layer, let shapes):
      let list = shapes.map(\.description).joined(separator: ", ")
      let place = layer.map { "layer \"\($0)\": " } ?? ""
      return
        "\(place)oneDNN's \(call) refused \(operation) of \(list) with status \(status); "
        + "`latentzoo doctor` shows what is installed"
    case .wrongInput(let index, let expected, let found):
      guard let found else { return "input \(index) of shape \(expected) is missing" }
      return "input \(index) has shape \(found); the plan was made for \(expected)"
    case .unlistedInput(let shape):
      return "the graph reads an input of shape \(shape) that the plan was not given; list it"
    case .gradientOfNonScalar(let shape):
      return "a gradient starts from a single number, got shape \(shape); sum or average it first"
    case .gradientUnavailable(let operation, let layer):
      let place = layer.map { "layer \"\($0)\": " } ?? ""
      return
        "\(place)\(operation) cannot be differentiated; a penalty on gradients needs networks "
        + "without max pooling, recurrence and normalisation"
    case .indexOutOfRange(let operation, let layer):
      let place = layer.map { "layer \"\($0)\": " } ?? ""
      return
        "\(place)\(operation) was given an index that is not a whole number in range; "
        + "check the labels or tokens of the data"
    case .threadsUnavailable(let count):
      return "a team of \(count) threads cannot be started; ask for fewer threads"
    case .outOfMemory(let bytes, let largest):
      return
        "a plan needs \(bytes) bytes, more than can be had, most of it for \(largest); "
        + "use a smaller batch"
    case .lapackRefused(let call, let status, let size):
      return
        "LAPACK's \(call) gave up on a matrix of \(size) rows with status \(status); "
        + "check the data for numbers that are huge or not finite"
    case .notPositiveDefinite(let size, let row):
      return
        "a covariance of \(size) elements is not positive definite at element \(row); "
        + "leave out elements that are constant or repeat others, or use a smaller code"
    }
  }
}
