internal import COneDNN

/// Owns the description of a primitive: what it computes, and on which layouts.
final class PrimitiveDescription {
  let handle: dnnl_primitive_desc_t?

  /// Chooses the library's best implementation of an operation, which is one of its `dnnl_..._desc_t`.
  ///
  /// - Parameters:
  ///   - hasRelu: whether a rectifier follows at once.
  ///   - accumulates: whether the result is added to what its memory holds.
  ///   - forward: what a gradient belongs to.
  ///   - avoided: the beginning of an implementation's name that is passed over if the next is no reference.
  init<Operation>(
    _ operation: inout Operation, hasRelu: Bool = false, accumulates: Bool = false,
    forward: PrimitiveDescription? = nil, avoiding avoided: String? = nil, _ purpose: OneDNN.Purpose
  ) throws(TensorError) {
    var attributes: dnnl_primitive_attr_t?
    try OneDNN.check(
      dnnl_primitive_attr_create(&attributes), "dnnl_primitive_attr_create", purpose)
    defer { dnnl_primitive_attr_destroy(attributes) }
    try OneDNN.check(
      dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user),
      "dnnl_primitive_attr_set_scratchpad_mode", purpose)
    if hasRelu || accumulates {
      var after: dnnl_post_ops_t?
      try OneDNN.check(dnnl_post_ops_create(&after), "dnnl_post_ops_create", purpose)
      defer { dnnl_post_ops_destroy(after) }
      if accumulates {
        try OneDNN.check(dnnl_post_ops_append_sum(after, 1), "dnnl_post_ops_append_sum", purpose)
      }
      if hasRelu {
        try OneDNN.check(
          dnnl_post_ops_append_eltwise(after, 1, dnnl_eltwise_relu, 0, 0),
          "dnnl_post_ops_append_eltwise", purpose)
      }
      try OneDNN.check(
        dnnl_primitive_attr_set_post_ops(attributes, after),
        "dnnl_primitive_attr_set_post_ops", purpose)
    }
    var made: dnnl_primitive_desc_t?
    let status = withUnsafeBytes(of: &operation) { bytes in
      dnnl_primitive_desc_create(
        &made, bytes.baseAddress, attributes, OneDNN.processor.handle, forward?.handle)
    }
    try OneDNN.check(status, "dnnl_primitive_desc_create", purpose)
    if let avoided, Self.name(of: made).hasPrefix(avoided),
      let next = Self.second(for: operation, attributes, forward?.handle)
    {
      dnnl_primitive_desc_destroy(made)
      made = next
    }
    handle = made
  }

  /// The library's second choice, unless it is a reference or there is none.
  private static func second<Operation>(
    for operation: Operation, _ attributes: dnnl_primitive_attr_t?,
    _ forward: dnnl_primitive_desc_t?
  ) -> dnnl_primitive_desc_t? {
    var choices: dnnl_primitive_desc_iterator_t?
    let status = withUnsafeBytes(of: operation) { bytes in
      dnnl_primitive_desc_iterator_create(
        &choices, bytes.baseAddress, attributes, OneDNN.processor.handle, forward)
    }
    guard status == dnnl_success else { return nil }
    defer { dnnl_primitive_desc_iterator_destroy(choices) }
    guard dnnl_primitive_desc_iterator_next(choices) == dnnl_success,
      let second = dnnl_primitive_desc_iterator_fetch(choices)
    else { return nil }
    if name(of: second).hasPrefix("jit:avx512") { return second }
    dnnl_primitive_desc_destroy(second)
    return nil
  }

  /// A copy of memory from one layout into another.
  init(
    rearranging source: dnnl_memory_desc_t, into result: dnnl_memory_desc_t,
    _ purpose: OneDNN.Purpose
  ) throws(TensorError) {
    var (source, result) = (source, result)
    var attributes: dnnl_primitive_attr_t?
    try OneDNN.check(
      dnnl_primitive_attr_create(&attributes), "dnnl_primitive_attr_create", purpose)
    defer { dnnl_primitive_attr_destroy(attributes) }
    try OneDNN.check(
      dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user),
      "dnnl_primitive_attr_set_scratchpad_mode", purpose)
    var made: dnnl_primitive_desc_t?
    try OneDNN.check(
      dnnl_reorder_primitive_desc_create(
        &made, &source, OneDNN.processor.handle, &result, OneDNN.processor.handle, attributes),
      "dnnl_reorder_primitive_desc_create", purpose)
    handle = made
  }

  deinit { dnnl_primitive_desc_destroy(handle) }

  /// A layout the implementation asks for, or `nil` where it has none.
  func layout(_ which: dnnl_query_t) -> dnnl_memory_desc_t? {
    dnnl_primitive_desc_query_md(handle, which, 0)?.pointee
  }

  /// The implementation's name, such as `brg:avx512_core`.
  var implementation: String { Self.name(of: handle) }

  private static func name(of description: dnnl_primitive_desc_t?) -> String {
    var name: UnsafePointer<CChar>?
    guard
      dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &name) == dnnl_success,
      let name
    else { return "unknown" }
    return String(cString: name)
  }
}

extension OneDNN {
  /// Bytes of memory that a layout takes.
  static func byteCount(_ layout: dnnl_memory_desc_t) -> Int {
    var layout = layout
    return dnnl_memory_desc_get_size(&layout)
  }

  /// Whether two layouts are the same.
  static func areEqual(_ a: dnnl_memory_desc_t, _ b: dnnl_memory_desc_t) -> Bool {
    var (a, b) = (a, b)
    return dnnl_memory_desc_equal(&a, &b) != 0
  }
}
