"""Encodes data with a checkpoint of ours in JAX, for the case `start` of `compare_steps.py`.

    python jax_encode.py --checkpoint vae-digits.h5 --data examples.npy --out codes.npy --threads 2

Reads the dense VAE of one hidden ReLU layer as checkpoints/FORMAT.md describes it. Needs jax, numpy and h5py. JAX
takes as many threads as the processors the process may use.
"""

import argparse
import os
import sys

os.environ.setdefault("JAX_PLATFORMS", "cpu")

try:
    import h5py
    import jax
    import numpy
except ImportError as error:
    sys.exit(f"{error.name} is not installed: pip install {error.name}")


@jax.jit
def encode(layers, x):
    (first, first_bias), (second, second_bias) = layers
    hidden = jax.nn.relu(x.reshape(len(x), -1) @ first.T + first_bias)
    return hidden @ second.T + second_bias


def main():
    parser = argparse.ArgumentParser()
    for option in ("--checkpoint", "--data", "--out"):
        parser.add_argument(option, required=True)
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()

    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.threads])
    with h5py.File(options.checkpoint) as file:
        layers = [
            [file[f"networks/encoder/{path}/{part}"][()] for part in ("weight", "bias")]
            for path in ("features/hidden/layers/0", "head/mean")
        ]
    numpy.save(options.out, numpy.asarray(encode(layers, numpy.load(options.data))))


if __name__ == "__main__":
    main()
