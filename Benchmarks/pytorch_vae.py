"""The PyTorch side of the comparison: the VAE of PyTorch's own examples, 784-400-20, trained on MNIST.

    python pytorch_vae.py --data DIR --mode fused --epochs 10

Modes, from the plainest to the fastest eager one:
  example  as PyTorch's example does it: a Dataset that turns each image of bytes into floats, a DataLoader for
           training and one for test, torch.optim.Adam
  loader   a DataLoader over a TensorDataset of ready floats for training; torch.optim.Adam
  tensors  the whole data set as one tensor, batches by indexing a permutation; torch.optim.Adam
  fused    as `tensors`, with torch.optim.Adam(fused=True)
  compile  as `fused`, with torch.compile (needs a C++ compiler; the time includes compiling)

Prints one JSON document. Needs only torch.
"""

import argparse
import gzip
import json
import os
import time

start = time.perf_counter()

import torch
from torch import nn
from torch.nn import functional as F


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 400)
        self.mean = nn.Linear(400, 20)
        self.log_variance = nn.Linear(400, 20)
        self.fc3 = nn.Linear(20, 400)
        self.fc4 = nn.Linear(400, 784)

    def forward(self, x):
        hidden = F.relu(self.fc1(x))
        mean, log_variance = self.mean(hidden), self.log_variance(hidden)
        z = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
        return self.fc4(F.relu(self.fc3(z))), mean, log_variance


def loss_of(model, x):
    """Nats of a whole batch."""
    logits, mean, log_variance = model(x)
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    divergence = -0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp())
    return reconstruction + divergence


class Images(torch.utils.data.Dataset):
    """Images as bytes; each becomes floats in [0, 1] when it is taken, as torchvision's ToTensor does."""

    def __init__(self, pixels):
        self.pixels = pixels

    def __len__(self):
        return len(self.pixels)

    def __getitem__(self, index):
        return self.pixels[index].float().div(255)


def images(folder, name):
    path = os.path.join(folder, name)
    opened = gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb")
    with opened as file:
        data = bytearray(file.read())
    return torch.frombuffer(data, dtype=torch.uint8, offset=16).reshape(-1, 784)


def batches(x, size, mode):
    """Shuffled training batches."""
    if mode == "example":
        yield from torch.utils.data.DataLoader(Images(x), batch_size=size, shuffle=True)
        return
    if mode == "loader":
        data = torch.utils.data.TensorDataset(x)
        for (batch,) in torch.utils.data.DataLoader(data, batch_size=size, shuffle=True):
            yield batch
        return
    order = torch.randperm(len(x))
    for first in range(0, len(x), size):
        yield x[order[first : first + size]]


def test_batches(x, size, mode):
    if mode == "example":
        return torch.utils.data.DataLoader(Images(x), batch_size=size)
    return x.split(500)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--mode", default="fused", choices=["example", "loader", "tensors", "fused", "compile"])
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    train = images(options.data, "train-images-idx3-ubyte")
    test = images(options.data, "t10k-images-idx3-ubyte")
    if options.mode != "example":
        train, test = train.float() / 255, test.float() / 255
    model = VAE()
    forward = torch.compile(model) if options.mode == "compile" else model
    is_fused = options.mode in ("fused", "compile")
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=is_fused)

    begin = time.perf_counter()
    for _ in range(options.epochs):
        total = 0.0
        for x in batches(train, options.batch_size, options.mode):
            optimizer.zero_grad()
            loss = loss_of(forward, x)
            loss.backward()
            total += loss.item()
            optimizer.step()
        with torch.no_grad():
            test_loss = sum(
                loss_of(model, x).item() for x in test_batches(test, options.batch_size, options.mode)
            ) / len(test)
    end = time.perf_counter()
    print(json.dumps({
        "mode": options.mode, "test_loss": test_loss, "train_seconds": end - begin,
        "process_seconds": end - start, "torch": torch.__version__, "threads": options.threads,
    }))


if __name__ == "__main__":
    main()
