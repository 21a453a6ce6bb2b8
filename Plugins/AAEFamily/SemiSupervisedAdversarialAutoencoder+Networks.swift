import LatentZoo

extension SemiSupervisedAdversarialAutoencoder {
  /// Both discriminators.
  public func furtherNetworks(for data: DataShape) -> [FurtherNetwork] {
    [
      styleDiscriminator.told(
        as: "style_discriminator", of: [.vectors("style", size: configuration.styleSize)]),
      classDiscriminator.told(
        as: "class_discriminator", of: [.vectors("class", size: classCount)]),
    ]
  }
}
