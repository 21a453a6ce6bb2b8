internal import HDF5

/// The course of a training inside a checkpoint: a table by NeXus' conventions, so that viewers such as H5Web, myHDF5
/// and silx draw the loss curves of a file as soon as it is opened.
extension Checkpoint {
  /// Names of what `history` holds.
  enum HistoryFormat {
    static let interrupted = "interrupted"
    static let table = "epochs"
    static let epoch = "epoch"
    static let learningRate = "learning_rate"
    static let seconds = "seconds"
    static let title = "title"
    static let trainingPrefix = "training_"
    static let validationPrefix = "validation_"
  }

  /// Writes one column for each name, with a row for each epoch, and says on the way down from the root what to draw.
  static func write(_ history: TrainingHistory, to root: Group) throws {
    try root.writeAttribute("NXroot", to: "NX_class")
    try root.writeAttribute(CheckpointFormat.history, to: "default")
    let entry = try root.createGroup(CheckpointFormat.history)
    try entry.writeAttribute("NXentry", to: "NX_class")
    try entry.write(
      [Int64(history.wasInterrupted ? 1 : 0)], shape: [], to: HistoryFormat.interrupted)
    let table = try entry.createGroup(HistoryFormat.table)
    try writeColumns(of: history.epochs, to: table)
    if let curves = LossCurves(history.epochs) {
      try entry.writeAttribute(HistoryFormat.table, to: "default")
      try mark(table, toDraw: curves)
    } else {
      try table.writeAttribute("NXcollection", to: "NX_class")
    }
  }

  private static func writeColumns(of epochs: [EpochRecord], to table: Group) throws {
    let epoch = try table.write(
      epochs.map { Int64($0.epoch) }, shape: [epochs.count], to: HistoryFormat.epoch)
    try epoch.writeAttribute("Epoch", to: "long_name")
    let rate = try table.write(
      epochs.map(\.learningRate), shape: [epochs.count], to: HistoryFormat.learningRate)
    try rate.writeAttribute("Learning rate", to: "long_name")
    let seconds = try table.write(
      epochs.map(\.seconds), shape: [epochs.count], to: HistoryFormat.seconds)
    try seconds.writeAttribute("Time for the epoch (s)", to: "long_name")
    try seconds.writeAttribute("s", to: "units")
    for (prefix, part, values) in [
      (HistoryFormat.trainingPrefix, "training", epochs.map(\.training)),
      (HistoryFormat.validationPrefix, "validation", epochs.map(\.validation)),
    ] {
      for name in Set(values.flatMap(\.keys)).sorted() {
        let column = try table.write(
          values.map { $0[name] ?? .nan }, shape: [values.count], to: prefix + name)
        try column.writeAttribute("\(name), \(part)", to: "long_name")
      }
    }
  }

  /// Tells NeXus' readers which columns are curves.
  private static func mark(_ table: Group, toDraw curves: LossCurves) throws {
    try table.writeAttribute("NXdata", to: "NX_class")
    try table.writeAttribute(curves.signal, to: "signal")
    if !curves.others.isEmpty {
      try table.writeAttribute(curves.others, to: "auxiliary_signals")
    }
    try table.writeAttribute([HistoryFormat.epoch], to: "axes")
    try table.writeString("Means over examples, by epoch", to: HistoryFormat.title)
  }

  /// Reads the course of a training; columns that are not known are left alone.
  ///
  /// - Throws: ``CheckpointError/malformed(file:object:reason:)``, or what HDF5 says.
  static func readHistory(from file: CheckpointFile, _ path: String) throws -> TrainingHistory {
    let entry = try file.root.group(CheckpointFormat.history)
    var history = TrainingHistory()
    history.wasInterrupted =
      try entry.dataset(HistoryFormat.interrupted).read(as: Int64.self) != [0]
    let table = try entry.group(HistoryFormat.table)
    let epochs = try table.dataset(HistoryFormat.epoch).read(as: Int64.self)
    let rates = try table.dataset(HistoryFormat.learningRate).read(as: Double.self)
    let seconds = try table.dataset(HistoryFormat.seconds).read(as: Double.self)
    let training = try columns(of: table, HistoryFormat.trainingPrefix)
    let validation = try columns(of: table, HistoryFormat.validationPrefix)
    let lengths =
      [rates.count, seconds.count] + training.values.map(\.count) + validation.values.map(\.count)
    guard lengths.allSatisfy({ $0 == epochs.count }) else {
      throw CheckpointError.malformed(
        file: path, object: CheckpointFormat.history, reason: "has columns of different lengths")
    }
    guard epochs.count * (lengths.count + 1) <= mostHistoryValues else {
      throw CheckpointError.malformed(
        file: path, object: CheckpointFormat.history,
        reason: "has more than \(mostHistoryValues) values")
    }
    history.epochs = epochs.indices.map { row in
      EpochRecord(
        epoch: Int(epochs[row]), learningRate: rates[row], seconds: seconds[row],
        training: training.mapValues { $0[row] }.filter { !$0.value.isNaN },
        validation: validation.mapValues { $0[row] }.filter { !$0.value.isNaN })
    }
    return history
  }

  /// The most values of a history that are taken into memory.
  private static let mostHistoryValues = 1 << 20

  private static func columns(of table: PlainGroup, _ prefix: String) throws -> [String: [Double]] {
    var columns: [String: [Double]] = [:]
    for member in try table.members() where member.kind == .dataset {
      guard member.name.hasPrefix(prefix) else { continue }
      columns[String(member.name.dropFirst(prefix.count))] =
        try table.dataset(member.name).read(as: Double.self)
    }
    return columns
  }
}
