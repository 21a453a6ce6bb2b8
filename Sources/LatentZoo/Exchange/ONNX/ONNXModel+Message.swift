/// The numbers of fields are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
extension ONNXModel {
  /// ModelProto.
  func message() throws(ExchangeError) -> ProtobufMessage {
    var operatorSet = ProtobufMessage()
    operatorSet.append("", field: 1)  // domain: ONNX's own
    operatorSet.append(GraphFunction.opset, field: 2)  // version
    var model = ProtobufMessage()
    model.append(Self.formatVersion, field: 1)  // ir_version
    model.append("LatentZoo", field: 2)  // producer_name
    model.append(libraryVersion, field: 3)  // producer_version
    model.append(summary, field: 6)  // doc_string
    model.append(operatorSet, field: 8)  // opset_import
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      model.append(Self.entry(key, value), field: 14)  // metadata_props
    }
    model.append(try graph(), field: 7)  // graph
    return model
  }

  /// GraphProto.
  private func graph() throws(ExchangeError) -> ProtobufMessage {
    var graph = ProtobufMessage()
    for (node, name) in zip(function.nodes, Self.uniqueNames(of: function.nodes)) {
      graph.append(Self.message(node, named: name), field: 1)  // node
    }
    graph.append(name, field: 2)  // name
    for value in function.inputs { graph.append(Self.message(value), field: 11) }  // input
    for value in function.outputs { graph.append(Self.message(value), field: 12) }  // output
    for constant in function.initializers { graph.append(Self.message(constant), field: 5) }
    for weight in function.weights { graph.append(try message(weight), field: 5) }  // initializer
    return graph
  }

  /// Names of nodes such as `encoder/head/Gemm`; no two may be the same.
  private static func uniqueNames(of nodes: [GraphNode]) -> [String] {
    var counts: [String: Int] = [:]
    return nodes.map { node in
      let name = node.name.isEmpty ? node.op : "\(node.name)/\(node.op)"
      let count = counts[name, default: 0]
      counts[name] = count + 1
      return count == 0 ? name : "\(name)_\(count)"
    }
  }

  /// NodeProto.
  private static func message(_ node: GraphNode, named name: String) -> ProtobufMessage {
    var message = ProtobufMessage()
    for input in node.inputs { message.append(input, field: 1) }  // input
    for output in node.outputs { message.append(output, field: 2) }  // output
    message.append(name, field: 3)  // name
    message.append(node.op, field: 4)  // op_type
    for (name, attribute) in node.attributes.sorted(by: { $0.key < $1.key }) {
      message.append(self.message(name, attribute), field: 5)  // attribute
    }
    return message
  }

  /// AttributeProto.
  private static func message(_ name: String, _ attribute: Attribute) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.append(name, field: 1)  // name
    switch attribute {
    case .float(let value):
      message.append(value, field: 2)  // f
      message.append(1, field: 20)  // type
    case .int(let value):
      message.append(value, field: 3)  // i
      message.append(2, field: 20)
    case .string(let text):
      message.append(text, field: 4)  // s
      message.append(3, field: 20)
    case .ints(let values):
      for value in values { message.append(value, field: 8) }  // ints
      message.append(7, field: 20)
    }
    return message
  }

  /// ValueInfoProto.
  private static func message(_ value: GraphValue) -> ProtobufMessage {
    var shape = ProtobufMessage()
    for extent in value.shape {
      var dimension = ProtobufMessage()
      switch extent {
      case .fixed(let extent): dimension.append(extent, field: 1)  // dim_value
      case .batch: dimension.append(GraphExtent.batchLetter, field: 2)  // dim_param
      }
      shape.append(dimension, field: 1)  // dim
    }
    var tensor = ProtobufMessage()
    tensor.append(value.type.onnxCode, field: 1)  // elem_type
    tensor.append(shape, field: 2)  // shape
    var type = ProtobufMessage()
    type.append(tensor, field: 1)  // tensor_type
    var message = ProtobufMessage()
    message.append(value.name, field: 1)  // name
    message.append(type, field: 2)  // type
    return message
  }

  /// TensorProto without its elements.
  private static func tensor(_ name: String, _ shape: [Int], _ type: GraphType) -> ProtobufMessage {
    var message = ProtobufMessage()
    for extent in shape { message.append(extent, field: 1) }  // dims
    message.append(type.onnxCode, field: 2)  // data_type
    message.append(name, field: 8)  // name
    return message
  }

  private static func message(_ constant: GraphInitializer) -> ProtobufMessage {
    var message = tensor(constant.name, constant.shape, constant.type)
    switch constant.elements {
    case .floats(let elements): message.append(elements, field: 9)  // raw_data
    case .integers(let elements):
      message.append(elements.flatMap(constant.type.littleEndianBytes), field: 9)
    }
    return message
  }

  private func message(_ weight: GraphWeight) throws(ExchangeError) -> ProtobufMessage {
    var message = Self.tensor(weight.name, weight.shape, .float32)
    switch weights {
    case .inside(let values):
      guard let value = values[weight.name], value.shape.dimensions == weight.shape else {
        throw .weightMissing(model: name, weight: weight.name)
      }
      message.append(value.scalars, field: 9)  // raw_data
    case .external(let file, let offsets):
      guard let offset = offsets[weight.name] else {
        throw .weightMissing(model: name, weight: weight.name)
      }
      let length = weight.shape.reduce(MemoryLayout<Float>.stride, *)
      message.append(Self.entry("location", file), field: 13)  // external_data
      message.append(Self.entry("offset", "\(offset)"), field: 13)
      message.append(Self.entry("length", "\(length)"), field: 13)
      message.append(1, field: 14)  // data_location: external
    }
    return message
  }

  /// StringStringEntryProto.
  private static func entry(_ key: String, _ value: String) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.append(key, field: 1)  // key
    message.append(value, field: 2)  // value
    return message
  }
}

extension GraphType {
  /// A whole number, or 0 and 1 for a truth value, as elements of the type lie in memory.
  fileprivate func littleEndianBytes(of value: Int) -> [UInt8] {
    switch self {
    case .float32: withUnsafeBytes(of: Float(value).bitPattern.littleEndian, Array.init)
    case .int32: withUnsafeBytes(of: Int32(clamping: value).littleEndian, Array.init)
    case .int64: withUnsafeBytes(of: Int64(value).littleEndian, Array.init)
    case .bool: [value == 0 ? 0 : 1]
    }
  }
}
