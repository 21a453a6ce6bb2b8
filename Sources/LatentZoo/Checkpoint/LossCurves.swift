/// Which columns of a history are drawn together: the loss where a family has one, else its objectives.
struct LossCurves: Hashable, Sendable {
  /// The column that is drawn in any case.
  let signal: String
  /// Those drawn with it.
  let others: [String]

  /// Chooses columns; `nil` where no epoch reports anything.
  init?(_ epochs: [EpochRecord]) {
    guard let principal = Self.principal(of: epochs) else { return nil }
    let objectives = Self.objectives(of: epochs)
    let shown =
      principal == "loss"
      ? [principal] : [principal] + objectives.filter { $0 != principal }
    let validation = Set(epochs.flatMap(\.validation.keys))
    signal = Checkpoint.HistoryFormat.trainingPrefix + principal
    others = shown.flatMap { name in
      (name == principal ? [] : [Checkpoint.HistoryFormat.trainingPrefix + name])
        + (validation.contains(name) ? [Checkpoint.HistoryFormat.validationPrefix + name] : [])
    }
  }

  /// What tells best how a training went: the loss, or what a family lowers instead.
  static func principal(of epochs: [EpochRecord]) -> String? {
    let objectives = objectives(of: epochs)
    return ["loss", "reconstruct"].first(where: objectives.contains) ?? objectives.first
      ?? epochs.flatMap(\.training.keys).min()
  }

  /// Names without a dot: terms of one objective among several have one, as in `discriminate.accuracy`.
  private static func objectives(of epochs: [EpochRecord]) -> [String] {
    Set(epochs.flatMap(\.training.keys)).filter { !$0.contains(".") }.sorted()
  }
}
