"""The dense and the convolutional autoencoders as anybody would write them in PyTorch, with our names.

`latentzoo export NAME --format safetensors` gives their `state_dict`; `latentzoo import` takes it back.
"""

import torch
from torch import nn
from torch.nn.functional import relu


def named(**modules):
    """A module with others inside."""
    module = nn.Module()
    for name, inner in modules.items():
        module.add_module(name, inner)
    return module


def chain(sizes):
    return nn.ModuleList(nn.Linear(size, following) for size, following in zip(sizes, sizes[1:]))


def head(family, features, latent_size):
    if family == "ae":
        return nn.Linear(features, latent_size)
    return named(mean=nn.Linear(features, latent_size), logVariance=nn.Linear(features, latent_size))


class Autoencoder(nn.Module):
    """What both have in common: the code, and the sigmoid at the end."""

    def encode(self, x):
        code = self.encoder.head
        return getattr(code, "mean", code)(self.features(x))

    def decode(self, z):
        return torch.sigmoid(self.images(z))


class DenseAutoencoder(Autoencoder):
    def __init__(self, family, shape, latent_size, hidden_sizes):
        super().__init__()
        self.shape = shape
        count = shape.numel()
        widths = [count, *hidden_sizes]
        self.encoder = named(
            features=named(hidden=named(layers=chain(widths))), head=head(family, widths[-1], latent_size))
        back = [latent_size, *reversed(hidden_sizes)]
        self.decoder = named(hidden=named(layers=chain(back)), output=nn.Linear(back[-1], count))

    def features(self, x):
        h = x.flatten(1)
        for layer in self.encoder.features.hidden.layers:
            h = relu(layer(h))
        return h

    def images(self, z):
        for layer in self.decoder.hidden.layers:
            z = relu(layer(z))
        return self.decoder.output(z).unflatten(1, self.shape)


class ConvolutionalAutoencoder(Autoencoder):
    """Strided convolutions down, transposed ones up; features are numbered with the channels fastest, [H, W, C]."""

    def __init__(self, family, shape, latent_size, channels, kernel_size):
        super().__init__()
        is_odd, padding = kernel_size % 2, (kernel_size - 1) // 2
        widths, sizes = [shape[0], *channels], [shape[1:]]
        for _ in channels:
            sizes.append([(size + is_odd) // 2 for size in sizes[-1]])
        down = [nn.Conv2d(i, o, kernel_size, 2, padding) for i, o in zip(widths, widths[1:])]
        up = [nn.ConvTranspose2d(o, i, kernel_size, 2, padding,
                                 [large - 2 * small + is_odd for small, large in zip(after, before)])
              for i, o, before, after in zip(widths, widths[1:], sizes, sizes[1:])][::-1]
        self.smallest = [*sizes[-1], channels[-1]]
        count = sizes[-1][0] * sizes[-1][1] * channels[-1]
        self.encoder = named(
            features=named(layers=nn.ModuleList(named(convolution=layer) for layer in down)),
            head=head(family, count, latent_size))
        self.decoder = named(
            expand=nn.Linear(latent_size, count),
            layers=nn.ModuleList(named(convolution=layer) for layer in up[:-1]), output=up[-1])

    def features(self, x):
        for layer in self.encoder.features.layers:
            x = relu(layer.convolution(x))
        return x.permute(0, 2, 3, 1).flatten(1)

    def images(self, z):
        maps = relu(self.decoder.expand(z)).unflatten(1, self.smallest).permute(0, 3, 1, 2)
        for layer in self.decoder.layers:
            maps = relu(layer.convolution(maps))
        return self.decoder.output(maps)


def autoencoder(record):
    """The module for a checkpoint's record; None where it is another family, or has settings left out here."""
    specification = record["specification"]
    family, networks = specification["family"], specification["backboneConfiguration"]
    configuration = specification["configuration"]
    is_plain = (
        family in ("ae", "vae") and networks.get("activation") == "relu"
        and networks.get("normalization", "none") == "none" and configuration.get("code", "dense") == "dense"
        and not configuration.get("tiedWeights") and configuration.get("codeActivation", "identity") == "identity"
        and configuration.get("outputActivation", "sigmoid") == "sigmoid"
        and configuration.get("likelihood", "bernoulli") == "bernoulli")
    if not is_plain:
        return None
    shape, latent_size = torch.Size(specification["data"]["shape"]), record["latentSize"]
    if specification["backbone"] == "dense":
        return DenseAutoencoder(family, shape, latent_size, networks["hiddenSizes"])
    if specification["backbone"] == "conv":
        return ConvolutionalAutoencoder(
            family, shape, latent_size, networks["channels"], networks["kernelSize"])
    return None
