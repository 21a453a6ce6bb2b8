"""The cases of `compare_steps.py`: their sizes, written once for the driver and the Python peers.

Every case is float32 and is trained by Adam with learning rate 1e-3 from PyTorch's default initial values. A loss is
summed over the elements of an example and averaged over the batch, except the cross-entropies, which are averaged
over the words. The cases starting with `encode-` only encode; their "loss" is the mean square of the codes.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Case:
    title: str
    batch: int
    shape: tuple  # of one example
    source: str  # "mnist", "smooth" (images in [0, 1]) or "words" (whole numbers below `vocabulary`)
    check_step: int  # the losses of all peers are compared at the first and, closely, at this step
    vocabulary: int = 0
    embedding: int = 0
    hidden: int = 0
    widths: tuple = ()  # of the encoder's hidden layers, or its channels
    code: int = 0


BATCHES = 8  # batches in a data file; a peer takes them in turn, over and over
LEARNING_RATE = 1e-3
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8

CASES = {
    "dense-vae": Case("VAE 784-400-20", 128, (784,), "mnist", 50, widths=(400,), code=20),
    "deep-ae": Case("Autoencoder 784-1000-500-250-30", 256, (784,), "mnist", 50,
                    widths=(1000, 500, 250), code=30),
    "conv-ae": Case("Convolutional autoencoder, 1x28x28", 128, (1, 28, 28), "mnist", 50,
                    widths=(32, 64), code=32),
    "conv-vae": Case("Convolutional VAE, 3x64x64", 64, (3, 64, 64), "smooth", 60,
                     widths=(32, 64, 128, 256), code=128),
    "aae": Case("Adversarial autoencoder 784-1000-1000-8", 128, (784,), "mnist", 50,
                widths=(1000, 1000), code=8),
    "gru-ae": Case("GRU autoencoder, 20 words of 2000", 64, (20,), "words", 30,
                   vocabulary=2000, embedding=128, hidden=256),
    "skip-thought": Case("Skip-thought, 3 x 30 words of 20000", 64, (3, 30), "words", 5,
                         vocabulary=20000, embedding=620, hidden=1200),
    "encode-dense": Case("Encoding, dense VAE", 1000, (784,), "mnist", 5, widths=(400,), code=20),
    "encode-conv": Case("Encoding, convolutional autoencoder", 256, (1, 28, 28), "mnist", 5,
                        widths=(32, 64), code=32),
}
