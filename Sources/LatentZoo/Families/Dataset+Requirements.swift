extension Dataset {
  /// Checks that values are such as a likelihood gives probabilities to.
  ///
  /// - Throws: ``ModelError/dataDoesNotFit(family:reason:)``.
  public func requireValues(of likelihood: Likelihood, family: String) throws {
    guard likelihood == .bernoulli else { return }
    try requireUnitRange(family: family, instead: "likelihood=gaussian")
  }

  /// Checks that every value is in `[0, 1]`, as a Bernoulli likelihood needs.
  ///
  /// - Parameters:
  ///   - family: who requires it.
  ///   - instead: the setting that lifts the requirement.
  /// - Throws: ``ModelError/dataDoesNotFit(family:reason:)``.
  public func requireUnitRange(family: String, instead: String) throws {
    guard valueRange.lowerBound < 0 || valueRange.upperBound > 1 else { return }
    throw ModelError.dataDoesNotFit(
      family: family,
      reason: "values lie in \(valueRange.lowerBound)...\(valueRange.upperBound), not in 0...1; "
        + "use --set \(instead)")
  }
}
