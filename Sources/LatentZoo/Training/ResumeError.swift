/// What can go wrong with going on with a training.
public enum ResumeError: Error, Hashable, Sendable {
  /// The file keeps weights only.
  case noState(name: String)
  /// The code of the family or the backbone is not here.
  case notInstalled(
    name: String, kind: String, identifier: String, plugins: [PluginReference])
  /// As many epochs have been trained already, or more.
  case tooFewEpochs(name: String, completed: Int, asked: Int)
  /// The data are not those of the training.
  case dataChanged(name: String, source: String, difference: String)
  /// Somebody wrote the file while it was read.
  case changedMeanwhile(name: String)
  /// The family's objectives are not those of the training.
  case stateDoesNotFit(reason: String)
}

extension ResumeError: CustomStringConvertible {
  /// One sentence with a way out.
  public var description: String {
    switch self {
    case .noState(let name):
      "\(name) keeps no training state, as after --weights-only or --untrained: it can be used but "
        + "not gone on with; train anew with --force"
    case .notInstalled(let name, let kind, let identifier, let plugins):
      "\(name) needs the \(kind) \"\(identifier)\" to be trained, which is not installed: install "
        + "\(PluginReference.need(plugins, for: identifier)); `latentzoo list --families` shows what "
        + "there is"
    case .tooFewEpochs(let name, let completed, let asked):
      "\(name) has been trained for \(completed) epochs already, so \(asked) in all are too few: "
        + "ask for more with --epochs"
    case .dataChanged(let name, let source, let difference):
      "\(source) is not what \(name) was trained on: \(difference); name the same data with --data, "
        + "or train anew with --force"
    case .changedMeanwhile(let name):
      "\(name) was written while it was read: another process trains it, wait for its end"
    case .stateDoesNotFit(let reason):
      "the training state does not fit the family: \(reason); it was made by another version, "
        + "train anew with --force"
    }
  }
}
