public import Tensors

/// Anything that holds parameters: a layer, a network, a model.
///
/// Conforming needs nothing: reflection over the stored properties finds every `Parameter`,
/// through nested modules, arrays and optionals. The property names make a parameter's path, such as
/// `encoder/hidden/0/weight`, under which it is stored in a checkpoint.
public protocol Module {}

extension Module {
  /// Every parameter with its path below this module, in order of declaration; one that is stored in several places
  /// (tied weights) once, under its first path.
  public var namedParameters: [(path: String, parameter: Parameter)] {
    var found: [(path: String, parameter: Parameter)] = []
    collectParameters(of: self, path: "", into: &found)
    var seen: Set<Parameter> = []
    return found.filter { seen.insert($0.parameter).inserted }
  }

  /// Every parameter, in order of declaration.
  public var parameters: [Parameter] { namedParameters.map(\.parameter) }

  /// Writes its path into every parameter, so that errors and checkpoints can name it.
  public func nameParameters() {
    for (path, parameter) in namedParameters { parameter.path = path }
  }

  /// Number of single values in all parameters.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}

/// Walks through what a value stores.
private func collectParameters(
  of value: Any, path: String, into found: inout [(path: String, parameter: Parameter)]
) {
  if let parameter = value as? Parameter {
    found.append((path, parameter))
    return
  }
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .struct, .class, .tuple, .collection, .optional, .enum: break
  default: return
  }
  for (index, child) in mirror.children.enumerated() {
    let isTransparent = mirror.displayStyle == .optional
    let name = mirror.displayStyle == .collection ? String(index) : child.label ?? String(index)
    let inner = isTransparent ? path : path.isEmpty ? name : "\(path)/\(name)"
    collectParameters(of: child.value, path: inner, into: &found)
  }
}
