extension DataScheme {
  /// `images:DIR`.
  static let images = DataScheme(
    name: "images", argument: "DIR",
    summary:
      "a folder of PNG and JPEG files; folders in it name the classes, train/ and test/ the parts",
    options: [
      Option(
        name: "size", usual: "that of all images",
        summary: "height×width in pixels that images are brought to, such as 64x64"),
      Option(
        name: "fit", usual: "crop",
        summary: "what happens to other proportions: crop, stretch or pad"),
      Option(
        name: "channels", usual: "1 where all images are grey", summary: "1 for grey, 3 for RGB"),
    ]
  ) { argument, options throws(DatasetError) in
    try ImageFolderReader(folder: expanded(argument), options: options).open()
  }
}
