"""Writes reference.json: what PyTorch computes for the optimisers, layers and losses that the tests compare with.

Run with any Python that has torch:  python make_reference.py
All numbers are computed in float64 from formulas that the tests repeat, so the file holds results only.
"""
import json
import math
import pathlib

import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)
STEPS = 25
SHAPES = [(2, 3), (3,)]


def rounded(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().reshape(-1).tolist()]


def start(parameter):
    count = math.prod(SHAPES[parameter])
    values = [math.cos(1.3 * index + parameter) for index in range(count)]
    return torch.tensor(values).reshape(SHAPES[parameter])


def gradient(parameter, step):
    count = math.prod(SHAPES[parameter])
    values = [
        math.sin(0.7 * index + 0.3 * step + 2 * parameter) * (1 + step % 5) for index in range(count)
    ]
    return torch.tensor(values).reshape(SHAPES[parameter])


def train(make_optimizer, clip=None):
    parameters = [torch.nn.Parameter(start(number)) for number in range(len(SHAPES))]
    optimizer = make_optimizer(parameters)
    marks = {}
    for step in range(STEPS):
        for number, parameter in enumerate(parameters):
            parameter.grad = gradient(number, step)
        if clip:
            clip(parameters)
        optimizer.step()
        if step + 1 in (1, STEPS):
            marks[str(step + 1)] = rounded(torch.cat([p.reshape(-1) for p in parameters]))
    return marks


def optimizers():
    o = torch.optim
    norm = lambda limit: lambda ps: torch.nn.utils.clip_grad_norm_(ps, limit)
    value = lambda limit: lambda ps: torch.nn.utils.clip_grad_value_(ps, limit)
    return {
        "adam": train(lambda p: o.Adam(p, lr=0.05)),
        "adam decay": train(
            lambda p: o.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1)),
        "adamW": train(lambda p: o.AdamW(p, lr=0.05)),
        "adamW decay": train(lambda p: o.AdamW(p, lr=0.05, betas=(0.5, 0.9), weight_decay=0.3)),
        "sgd": train(lambda p: o.SGD(p, lr=0.02)),
        "sgd decay": train(lambda p: o.SGD(p, lr=0.02, weight_decay=0.1)),
        "momentum": train(lambda p: o.SGD(p, lr=0.02, momentum=0.9)),
        "nesterov": train(
            lambda p: o.SGD(p, lr=0.02, momentum=0.9, weight_decay=0.1, nesterov=True)),
        "sgd norm": train(lambda p: o.SGD(p, lr=0.02), norm(4.0)),
        "adam norm": train(lambda p: o.Adam(p, lr=0.05, weight_decay=0.1), norm(1.0)),
        "momentum value": train(lambda p: o.SGD(p, lr=0.02, momentum=0.9), value(1.5)),
    }


def linear():
    layer = torch.nn.Linear(4, 5)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([math.sin(1.0 + i) for i in range(20)]).reshape(5, 4))
        layer.bias.copy_(torch.tensor([math.cos(2.0 * i) for i in range(5)]))
    x = torch.tensor([math.sin(0.5 * i) for i in range(24)]).reshape(2, 3, 4).requires_grad_()
    y = layer(x)
    factors = torch.tensor([math.cos(0.3 * i) for i in range(30)]).reshape(2, 3, 5)
    (y * factors).sum().backward()
    return {
        "output": rounded(y), "input": rounded(x.grad), "weight": rounded(layer.weight.grad),
        "bias": rounded(layer.bias.grad),
    }


POINTS = [-20.0, -3.0, -1.0, -0.5, -0.1, 0.0, 0.1, 0.5, 1.0, 3.0, 20.0]


def activations():
    functions = {
        "identity": lambda x: x * 1, "relu": functional.relu,
        "leakyRelu": functional.leaky_relu, "elu": functional.elu, "selu": functional.selu,
        "gelu": functional.gelu, "silu": functional.silu, "softplus": functional.softplus,
        "tanh": torch.tanh, "sigmoid": torch.sigmoid,
    }
    result = {}
    for name, function in functions.items():
        x = torch.tensor(POINTS, requires_grad=True)
        y = function(x)
        y.sum().backward()
        result[name] = {"value": rounded(y), "gradient": rounded(x.grad)}
    return result


def binary_cross_entropy():
    logits = torch.tensor([-50.0, -4.0, -1.0, 0.0, 0.5, 2.0, 9.0, 50.0], requires_grad=True)
    targets = torch.tensor([0.0, 1.0, 0.25, 0.5, 1.0, 0.0, 0.9, 1.0])
    losses = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    losses.sum().backward()
    return {
        "logits": rounded(logits), "targets": rounded(targets), "losses": rounded(losses),
        "gradient": rounded(logits.grad),
    }


reference = {
    "torch": torch.__version__.split("+")[0],
    "optimizers": optimizers(),
    "linear": linear(),
    "points": POINTS,
    "activations": activations(),
    "binaryCrossEntropy": binary_cross_entropy(),
}
target = pathlib.Path(__file__).with_name("reference.json")
lines = [f'"{key}": {json.dumps(value)}' for key, value in reference.items()]
target.write_text("{\n" + ",\n".join(lines) + "\n}\n")
