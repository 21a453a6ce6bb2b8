"""Encodes data with a checkpoint of ours in PyTorch, for the case `start` of `compare_steps.py`.

    python pytorch_encode.py --checkpoint vae-digits.h5 --data examples.npy --out codes.npy --threads 2

Reads the dense VAE of one hidden ReLU layer as checkpoints/FORMAT.md describes it. Needs torch, numpy and h5py.
"""

import argparse
import sys

try:
    import h5py
    import numpy
    import torch
    from torch import nn
except ImportError as error:
    sys.exit(f"{error.name} is not installed: pip install {error.name}")


def main():
    parser = argparse.ArgumentParser()
    for option in ("--checkpoint", "--data", "--out"):
        parser.add_argument(option, required=True)
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    with h5py.File(options.checkpoint) as file:
        def linear(path):
            weight, bias = (torch.from_numpy(file[f"networks/{path}/{part}"][()]) for part in ("weight", "bias"))
            layer = nn.utils.skip_init(nn.Linear, weight.shape[1], weight.shape[0])
            layer.load_state_dict({"weight": weight, "bias": bias})
            return layer

        encoder = nn.Sequential(
            nn.Flatten(), linear("encoder/features/hidden/layers/0"), nn.ReLU(), linear("encoder/head/mean"))
    with torch.inference_mode():
        codes = encoder(torch.from_numpy(numpy.load(options.data)))
    numpy.save(options.out, codes.numpy())


if __name__ == "__main__":
    main()
