"""Reductions over axes, in any order, from the front or the back, kept with extent 1 or not."""
import warnings

import torch

# PyTorch warns that there is no variance along an axis of an empty batch, though nothing asks for one.
warnings.filterwarnings("ignore", message="var\\(\\): degrees of freedom")

CASES = [
    ("lastAxis", (4, 5), [1], False), ("firstAxis", (4, 3), [0], False),
    ("negative", (2, 3, 4), [-2], True), ("nonAdjacent", (2, 3, 4), [0, 2], False),
    ("spatial", (2, 3, 3, 5), [2, 3], True), ("all", (3, 4), [0, 1], False),
    ("extentOne", (3, 1, 2), [1], False), ("emptyBatch", (0, 3), [1], False),
]
MORE = [
    ("nonAdjacentNegative", (2, 3, 2, 4), [-3, -1], True), ("backwards", (3, 2, 4), [2, 0], True),
    ("batchAndSpatial", (3, 2, 2, 3), [0, 2, 3], False), ("allKept", (2, 2, 3), [0, 1, 2], True),
    ("vector", (9,), [0], False), ("long", (2, 70), [1], False),
]


def product(x, axes, keep):
    for axis in sorted((axis % x.dim() for axis in axes), reverse=True):
        x = x.prod(dim=axis, keepdim=keep)
    return x


def write(recorder):
    functions = {
        "sum": torch.sum, "mean": torch.mean, "max": torch.amax, "min": torch.amin, "prod": product,
        "logSumExp": torch.logsumexp,
    }
    for layer, function in functions.items():
        for name, x, axes, keep in CASES + (MORE if layer == "sum" else []):
            recorder.case(
                f"{layer}/{name}", dict(axes=axes, keepsAxes=keep), dict(x=x),
                lambda x: function(x, axes, keep))
    recorder.case(
        "sum/nothing", dict(axes=[0], keepsAxes=False), dict(x=(0, 3)), lambda x: x.sum(0))
    recorder.case(
        "prod/nothing", dict(axes=[0], keepsAxes=False), dict(x=(0, 3)), lambda x: x.prod(0))
    # By a zero's neighbours the slope is 0, by the zero itself it is the product of the others.
    zeros = torch.tensor([[1.5, 0, -2, 0.5], [0, 0, 3, 1], [1, 2, -1, 0.25]])
    recorder.case(
        "prod/zeros", dict(axes=[1], keepsAxes=False), dict(x=zeros), lambda x: x.prod(1))
    large = 200 * torch.cos(torch.arange(12.0)).reshape(3, 4)
    recorder.case(
        "logSumExp/large", dict(axes=[1], keepsAxes=False), dict(x=large),
        lambda x: x.logsumexp(1))
    variances = [(*case, 0) for case in CASES]
    variances += [("unbiased", (3, 5), [1], False, 1), ("unbiasedSpatial", (2, 3, 2, 4), [2, 3], True, 1)]
    for name, x, axes, keep, correction in variances:
        recorder.case(
            f"variance/{name}", dict(axes=axes, keepsAxes=keep, correction=correction),
            dict(x=x), lambda x: torch.var(x, axes, correction=correction, keepdim=keep))
    recorder.case(
        "variance/farFromZero", dict(axes=[1], keepsAxes=False, correction=0),
        dict(x=300 + torch.sin(torch.arange(24.0)).reshape(2, 12)),
        lambda x: torch.var(x, 1, correction=0))
