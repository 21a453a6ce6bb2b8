/// The gradients of a number with respect to tensors, as more graph.
///
/// Reverse-mode differentiation: each node hands the gradient of its outputs on to its inputs, last
/// node first.
///
/// - Parameters:
///   - loss: a single number, shape `[]`.
///   - targets: what to differentiate by; parameters' tensors, inputs or anything between.
/// - Returns: for each target a tensor of its shape; `nil` where the loss does not depend on it.
/// - Throws: ``TensorError/gradientOfNonScalar(shape:)``, ``TensorError/gradientUnavailable(operation:layer:)``, or the
///   mistake the loss carries.
public func gradients(
  of loss: Tensor, withRespectTo targets: [Tensor]
) throws(TensorError) -> [Tensor?] {
  if let fault = loss.fault { throw fault }
  guard loss.shape.rank == 0 else { throw .gradientOfNonScalar(shape: loss.shape) }
  let order = Node.topologicalOrder([loss.node])
  let onPath = nodes(in: order, leadingFrom: targets)
  var accumulated: [Tensor: Tensor] = [loss: Tensor(1)]
  for node in order.reversed() where onPath.contains(ObjectIdentifier(node)) {
    let upstream = node.shapes.indices.map { accumulated[Tensor(node: node, output: $0)] }
    guard upstream.contains(where: { $0 != nil }) else { continue }
    guard node.inputs.contains(where: { onPath.contains(ObjectIdentifier($0.node)) }) else {
      continue
    }
    guard !(node.operation is any UndifferentiatedOperator) else {
      throw .gradientUnavailable(operation: node.operation.name, layer: node.layerPath)
    }
    for (input, gradient) in zip(node.inputs, node.operation.gradients(node, upstream)) {
      guard let gradient, onPath.contains(ObjectIdentifier(input.node)) else { continue }
      accumulated[input] = accumulated[input].map { $0 + gradient } ?? gradient
    }
  }
  return targets.map { accumulated[$0] }
}

extension Tensor {
  /// The gradient of a number by one tensor, to be part of a loss: zeros where the number does not depend on it.
  ///
  /// What ``gradients(of:withRespectTo:)`` would throw the result carries (``fault``), as every mistake made while recording.
  ///
  /// - Returns: of the shape of `target`.
  public func gradient(withRespectTo target: Tensor) -> Tensor {
    do throws(TensorError) {
      let slopes = try gradients(of: self, withRespectTo: [target])
      return slopes[0] ?? Tensor(0).expanded(to: target.shape)
    } catch {
      return Tensor(node: Node(fault: error, shape: target.shape))
    }
  }
}

/// Those nodes of a topological order that depend on one of `targets`, the targets included.
private func nodes(in order: [Node], leadingFrom targets: [Tensor]) -> Set<ObjectIdentifier> {
  var found = Set(targets.map { ObjectIdentifier($0.node) })
  for node in order where !found.contains(ObjectIdentifier(node)) {
    if node.inputs.contains(where: { found.contains(ObjectIdentifier($0.node)) }) {
      found.insert(ObjectIdentifier(node))
    }
  }
  return found
}
