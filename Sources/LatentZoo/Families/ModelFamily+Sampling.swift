extension ModelFamily {
  /// Where whole codes come from; a conditional family may tell the prior of its styles alone.
  public var codePrior: LatentPrior {
    guard let conditional = self as? any ConditionalModelFamily, prior != .fitted,
      prior.kind != .labelled
    else { return prior }
    return .labelled(classCount: conditional.classCount, style: prior)
  }

  /// The number of classes that codes can be drawn of: those of a conditional family, or of a prior that the family learned
  /// with labels; otherwise 0.
  public var sampledClassCount: Int {
    if let conditional = self as? any ConditionalModelFamily { return conditional.classCount }
    return batchContents.contains(.labels) ? prior.classCount : 0
  }
}
