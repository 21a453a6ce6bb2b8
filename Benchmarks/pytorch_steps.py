"""The PyTorch peer of `compare_steps.py`; `peer.py` has the protocol, `cases.py` the sizes.

Modes: `eager` with torch.optim.Adam; `fused` with Adam(fused=True); `compile`, as `fused` with the forward pass and
the loss under torch.compile (needs a C++ compiler). `--peak --threads N` measures the rate of matrix products instead.
Needs torch and numpy.
"""

import argparse
import json
import os
import sys
import time

from cases import CASES, LEARNING_RATE
from peer import Unavailable, serve

# One compiler process at a time, so that no helper process stays behind.
os.environ.setdefault("TORCHINDUCTOR_COMPILE_THREADS", "1")

try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError:
    torch = None


def stack(*layers):
    """Layers with a ReLU between any two."""
    joined = [layers[0]]
    for layer in layers[1:]:
        joined += [nn.ReLU(), layer]
    return nn.Sequential(*joined)


def dense(*sizes):
    return stack(*[nn.Linear(*pair) for pair in zip(sizes, sizes[1:])])


def nats(logits, x):
    """Bernoulli reconstruction loss: nats per example."""
    return F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x)


def squared_error(y, x):
    return F.mse_loss(y, x, reduction="sum") / len(x)


def sampled(mean, log_variance):
    """A code drawn from the posterior, and the divergence from the standard normal in nats per example."""
    divergence = -0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp()) / len(mean)
    return mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance), divergence


# Models whose forward pass takes a batch and gives the loss, so that one torch.compile covers all of it.


def build_models():
    """The models, in a function because their base class needs torch."""

    class DenseVAE(nn.Module):
        def __init__(self, case):
            super().__init__()
            self.hidden = nn.Linear(784, *case.widths)
            self.mean = nn.Linear(*case.widths, case.code)
            self.log_variance = nn.Linear(*case.widths, case.code)
            self.decoder = dense(case.code, *case.widths, 784)

        def encode(self, x):
            return self.mean(F.relu(self.hidden(x)))

        def forward(self, x):
            hidden = F.relu(self.hidden(x))
            z, divergence = sampled(self.mean(hidden), self.log_variance(hidden))
            return nats(self.decoder(z), x) + divergence

    class DeepAutoencoder(nn.Module):
        def __init__(self, case):
            super().__init__()
            sizes = (784, *case.widths, case.code)
            self.encoder, self.decoder = dense(*sizes), dense(*reversed(sizes))

        def forward(self, x):
            return squared_error(self.decoder(self.encoder(x)), x)

    class ConvAutoencoder(nn.Module):
        def __init__(self, case):
            super().__init__()
            first, second = case.widths
            self.features = nn.Sequential(
                nn.Conv2d(1, first, 3, 2, 1), nn.ReLU(), nn.Conv2d(first, second, 3, 2, 1), nn.ReLU())
            self.code = nn.Linear(second * 49, case.code)
            self.spread = nn.Linear(case.code, second * 49)
            self.decoder = nn.Sequential(
                nn.ConvTranspose2d(second, first, 3, 2, 1, 1), nn.ReLU(),
                nn.ConvTranspose2d(first, 1, 3, 2, 1, 1))

        def encode(self, x):
            return self.code(self.features(x).flatten(1))

        def forward(self, x):
            hidden = F.relu(self.spread(self.encode(x))).unflatten(1, (-1, 7, 7))
            return nats(self.decoder(hidden), x)

    class ConvVAE(nn.Module):
        def __init__(self, case):
            super().__init__()
            channels = (3, *case.widths)
            pairs = list(zip(channels, channels[1:]))
            self.features = stack(*[nn.Conv2d(a, b, 4, 2, 1) for a, b in pairs])
            self.mean = nn.Linear(4096, case.code)
            self.log_variance = nn.Linear(4096, case.code)
            self.spread = nn.Linear(case.code, 4096)
            self.decoder = stack(*[nn.ConvTranspose2d(b, a, 4, 2, 1) for a, b in reversed(pairs)])

        def forward(self, x):
            hidden = F.relu(self.features(x)).flatten(1)
            z, divergence = sampled(self.mean(hidden), self.log_variance(hidden))
            y = self.decoder(F.relu(self.spread(z)).unflatten(1, (-1, 4, 4)))
            return squared_error(y, x) + divergence

    class GRUAutoencoder(nn.Module):
        def __init__(self, case):
            super().__init__()
            self.embedding = nn.Embedding(case.vocabulary, case.embedding)
            self.encoder = nn.GRU(case.embedding, case.hidden)
            self.decoder = nn.GRU(case.embedding, case.hidden)
            self.output = nn.Linear(case.hidden, case.vocabulary)

        def forward(self, words):  # [time, batch]
            _, state = self.encoder(self.embedding(words))
            hidden, _ = self.decoder(self.embedding(shifted(words)), state)
            return F.cross_entropy(self.output(hidden).flatten(0, 1), words.flatten())

    class SkipThought(nn.Module):
        def __init__(self, case):
            super().__init__()
            self.embedding = nn.Embedding(case.vocabulary, case.embedding)
            self.encoder = nn.GRU(case.embedding, case.hidden)
            self.previous = nn.GRU(case.embedding, case.hidden)
            self.next = nn.GRU(case.embedding, case.hidden)
            self.output = nn.Linear(case.hidden, case.vocabulary)

        def forward(self, words):  # [3, time, batch]
            _, state = self.encoder(self.embedding(words[1]))
            loss = 0
            for decoder, sentence in ((self.previous, words[0]), (self.next, words[2])):
                hidden, _ = decoder(self.embedding(shifted(sentence)), state)
                loss = loss + F.cross_entropy(
                    self.output(hidden).flatten(0, 1), sentence.flatten())
            return loss

    return {
        "dense-vae": DenseVAE, "deep-ae": DeepAutoencoder, "conv-ae": ConvAutoencoder,
        "conv-vae": ConvVAE, "gru-ae": GRUAutoencoder, "skip-thought": SkipThought,
        "encode-dense": DenseVAE, "encode-conv": ConvAutoencoder,
    }


def shifted(words):
    """What a teacher-forced decoder reads, [time, batch]: the start word 0, then all words but the last."""
    return F.pad(words[:-1], (0, 0, 1, 0))


# Where channels last is the faster layout: a step of `conv-vae` took about 0.9 of the time, by rough figures. Steps of
# `conv-ae`, with its one channel at both ends, were faster without.
CHANNELS_LAST = {"conv-vae", "encode-conv"}


# Steps: functions from a batch to its loss.


def training_step(model, is_fused, compiled):
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, fused=is_fused)
    loss_of = compiled(model)

    def step(x):
        optimizer.zero_grad()
        loss = loss_of(x)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return step


def adversarial_step(case, is_fused, compiled):
    """Reconstruct, discriminate, fool, each with its own Adam.

    The last two share the codes, as the encoder does not change between them. Fooling needs no gradients of the
    discriminator's weights, so it reads them detached.
    """
    sizes = (784, *case.widths, case.code)
    encoder, decoder = dense(*sizes), dense(*reversed(sizes))
    discriminator = dense(case.code, *case.widths, 1)

    def adam(*networks):
        parameters = [p for network in networks for p in network.parameters()]
        return torch.optim.Adam(parameters, lr=LEARNING_RATE, fused=is_fused)

    reconstruct_adam, discriminate_adam, fool_adam = adam(encoder, decoder), adam(discriminator), adam(encoder)

    def against(logits, label):
        return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, label))

    @compiled
    def reconstruct(x):
        return nats(decoder(encoder(x)), x)

    @compiled
    def encode(x):
        return encoder(x)

    @compiled
    def discriminate(codes):
        return against(discriminator(torch.randn_like(codes)), 1.0) + against(discriminator(codes), 0.0)

    @compiled
    def fool(codes):
        hidden = codes
        for layer in discriminator:
            hidden = F.linear(hidden, layer.weight.detach(), layer.bias.detach()) \
                if isinstance(layer, nn.Linear) else layer(hidden)
        return against(hidden, 1.0)

    def update(optimizer, loss):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    def step(x):
        loss = reconstruct(x)
        update(reconstruct_adam, loss)
        codes = encode(x)
        update(discriminate_adam, discriminate(codes.detach()))
        update(fool_adam, fool(codes))
        return loss.detach()

    return step


def encoding_step(model, compiled):
    encode = compiled(model.encode)

    def step(x):
        with torch.inference_mode():
            return encode(x)

    return step


def prepare(name, mode, threads, batches):
    if torch is None:
        raise Unavailable("torch is not installed: pip install torch")
    if mode not in ("eager", "fused", "compile"):
        raise Unavailable(f"PyTorch has the modes eager, fused and compile, not {mode}")
    is_encoding = name.startswith("encode-")
    if is_encoding and mode == "fused":
        raise Unavailable("encoding has no optimiser: fused is the same as eager")
    torch.manual_seed(1)
    # Elements of Adam's moments that fade away are slow to compute with unless they are flushed to zero; threads
    # inherit the setting when they start.
    torch.set_flush_denormal(True)
    torch.set_num_threads(threads)
    case = CASES[name]
    data = torch.from_numpy(batches)
    if case.source == "words":
        data = data.long().movedim(1, -1).contiguous()  # time before batch, as nn.GRU likes it
    data = list(data)
    is_fused = mode != "eager"

    def compiled(function):
        return torch.compile(function) if mode == "compile" else function

    if name == "aae":
        step = adversarial_step(case, is_fused, compiled)
    else:
        model = build_models()[name](case)
        if name in CHANNELS_LAST:
            model = model.to(memory_format=torch.channels_last)
            data = [x.contiguous(memory_format=torch.channels_last) for x in data]
        step = encoding_step(model, compiled) if is_encoding else training_step(model, is_fused, compiled)
    taken = 0

    def run(count):
        nonlocal taken
        for _ in range(count):
            result = step(data[taken % len(data)])
            taken += 1
        return (result.square().mean() if is_encoding else result).item()

    return f"PyTorch {torch.__version__}", run


def peak(threads):
    """The best rate of a product of two 2048 x 2048 matrices, in GFLOP/s."""
    torch.set_num_threads(threads)
    size = 2048
    a, b = torch.randn(size, size), torch.randn(size, size)
    best = float("inf")
    for _ in range(10):
        begin = time.perf_counter()
        torch.mm(a, b)
        best = min(best, time.perf_counter() - begin)
    return 2 * size**3 / best / 1e9


if __name__ == "__main__":
    if "--peak" in sys.argv:
        parser = argparse.ArgumentParser()
        parser.add_argument("--peak", action="store_true")
        parser.add_argument("--threads", type=int, default=os.cpu_count())
        if torch is None:
            sys.exit("torch is not installed: pip install torch")
        print(json.dumps({"gflops": peak(parser.parse_args().threads)}))
    else:
        serve(prepare)
