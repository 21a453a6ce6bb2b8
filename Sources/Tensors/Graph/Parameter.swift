/// A named cell of float32 values: what training changes and a checkpoint keeps.
///
/// The only mutable thing a layer holds. A `Parameter` belongs to one model and is used from one
/// thread at a time.
public final class Parameter {
  /// The extents of the value.
  public let shape: Shape
  /// Where the parameter sits in its model, such as `encoder/hidden/0/weight`; empty until a model
  /// names its parameters.
  public var path: String
  /// Whether training moves it; running statistics are kept but not trained.
  public let isTrainable: Bool

  private let initial: () -> NDArray
  private lazy var storage = makeStorage()
  private var offset = 0
  /// The node of ``tensor``; weak, because the node holds the parameter.
  private weak var node: Node?

  /// Makes a parameter with its first value.
  public convenience init(_ value: NDArray, path: String = "", isTrainable: Bool = true) {
    self.init(value.shape, path: path, isTrainable: isTrainable) { value }
  }

  /// Makes a parameter whose first value is drawn, and its memory taken, when it is first needed; so a model
  /// can be measured before it takes any.
  ///
  /// - Precondition: `initial` gives a value of the shape.
  public init(
    _ shape: Shape, path: String = "", isTrainable: Bool = true,
    initial: @escaping () -> NDArray
  ) {
    self.shape = shape
    self.path = path
    self.isTrainable = isTrainable
    self.initial = initial
  }

  private func makeStorage() -> Storage {
    let value = initial()
    precondition(
      value.shape == shape,
      "parameter \"\(path)\" of shape \(shape) cannot begin with shape \(value.shape)")
    let storage = Storage(count: shape.count)
    storage.withMutableFloats { _ = $0.update(from: value.scalars) }
    return storage
  }

  /// The parameter as part of a graph; the same tensor for as long as a graph holds it.
  public var tensor: Tensor {
    if let node { return Tensor(node: node) }
    let made = Tensor(ParameterLeaf(parameter: self))
    node = made.node
    return made
  }

  /// The present value, copied out and in.
  ///
  /// - Precondition: a new value has the parameter's shape.
  public var value: NDArray {
    get { withFloats { NDArray(Array($0), shape: shape) } }
    set {
      precondition(
        newValue.shape == shape,
        "parameter \"\(path)\" of shape \(shape) cannot take a value of shape \(newValue.shape)")
      withMutableFloats { floats in
        newValue.scalars.withUnsafeBufferPointer { _ = floats.update(fromContentsOf: $0) }
      }
    }
  }

  /// Takes over a block of memory as the value, without a copy; a first value that was not drawn yet never is.
  ///
  /// - Precondition: the block has as many elements as the shape.
  public func adopt(_ block: Storage) {
    precondition(
      block.count == shape.count,
      "parameter \"\(path)\" of shape \(shape) cannot take \(block.count) elements")
    (storage, offset) = (block, 0)
  }

  /// Calls `body` with the present value, row-major, to be read without a copy.
  ///
  /// - Throws: what `body` throws.
  public func withFloats<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try storage.withFloats { (all) throws(Failure) in
      try body(UnsafeBufferPointer(rebasing: all[offset..<offset + shape.count]))
    }
  }

  /// Calls `body` with the present value, row-major, to be changed in place.
  ///
  /// - Throws: what `body` throws.
  public func withMutableFloats<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try storage.withMutableFloats { (all) throws(Failure) in
      try body(UnsafeMutableBufferPointer(rebasing: all[offset..<offset + shape.count]))
    }
  }

  /// The path of the layer that owns the parameter.
  var layerPath: String? {
    guard let slash = path.lastIndex(of: "/") else { return path.isEmpty ? nil : path }
    return String(path[..<slash])
  }

  /// Where the value lies now; valid while the parameter lives and is not moved.
  var base: UnsafeMutableRawPointer {
    storage.base + offset * MemoryLayout<Float>.stride
  }

  /// Moves the values of `parameters` into one block of memory, in order, each aligned.
  ///
  /// A pass over all of them, such as an optimiser's, then walks through memory once.
  public static func gather(_ parameters: [Parameter]) {
    let lane = Storage.alignment / MemoryLayout<Float>.stride
    let sizes = parameters.map { ($0.shape.count + lane - 1) / lane * lane }
    let flat = Storage(count: sizes.reduce(0, +))
    var offset = 0
    for (parameter, size) in zip(parameters, sizes) {
      let value = parameter.value
      (parameter.storage, parameter.offset) = (flat, offset)
      parameter.value = value
      offset += size
    }
  }
}

extension Parameter: Hashable {
  /// Parameters are equal when they are the same cell.
  public static func == (left: Parameter, right: Parameter) -> Bool { left === right }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
