import LatentZoo

/// What `latentzoo list` reports.
struct ModelList: Encodable {
  let models: [ModelRow]
  let unreadable: [ZooListing.Unreadable]

  /// The models as a table.
  var text: String {
    var table = TextTable([
      .text("NAME"), .text("FAMILY"), .text("DATA"), .number("LATENT"), .number("PARAMETERS"),
      .number("SIZE"), .text("CREATED"), .number("LOSS"),
    ])
    for model in models {
      table.add([
        model.name, model.family, model.shapeText, String(model.latentSize),
        NumberText.count(model.parameterCount), NumberText.bytes(model.fileSize),
        String(model.createdAt.prefix(16)).replacing("T", with: " "),
        model.loss.map(NumberText.value) ?? "",
      ])
    }
    return table.text()
  }
}

/// One model in a list.
struct ModelRow: Encodable {
  let name: String
  let path: String
  let family: String
  let backbone: String
  let dataShape: DataShape
  let dataSource: String
  let latentSize: Int
  let parameterCount: Int
  let fileSize: Int
  let createdAt: String
  /// The first reported loss.
  let loss: Double?

  init(_ item: ZooListing.Item) {
    let summary = item.summary
    name = item.entry.name
    path = item.entry.path
    family = summary.family
    backbone = summary.backbone
    dataShape = summary.dataShape
    dataSource = summary.dataSource
    latentSize = summary.latentSize
    parameterCount = summary.parameterCount
    fileSize = item.fileSize
    createdAt = summary.createdAt
    loss = summary.loss
  }

  /// Source and shape of the data, such as `digits 1×8×8`.
  var shapeText: String { "\(dataSource) \(dataShape)" }
}
