"""Whole numbers that pick something: embeddings, losses by label, one-hot codes; softmax."""
import torch
from torch.nn import functional


def embedding(recorder):
    # PyTorch looks up the padding's row like any other (here it is not 0) but gives it no gradient.
    for name, indices, padding in [
        ("sentences", [[1, 4, 0], [4, 4, 2]], None), ("vector", [3, 0, 3, 3, 5], None),
        ("one", [[2]], None), ("padding", [[1, 0, 0], [3, 2, 0]], 0),
        ("paddingLast", [[5, 1], [5, 5], [0, 5]], 5), ("paddingOnly", [[0, 0]], 0),
        ("empty", torch.zeros(0, 3, dtype=torch.long), None),
    ]:
        recorder.case(
            f"embedding/{name}", dict(count=6, size=4, paddingIndex=padding),
            dict(x=torch.as_tensor(indices)),
            module=torch.nn.Embedding(6, 4, padding_idx=padding))


def cross_entropy(recorder):
    labels = [2, 0, 4, 2, 1]
    for name, x, labels, smoothing, ignored in [
        ("plain", (5, 5), labels, 0.0, -100), ("one", (1, 3), [1], 0.0, -100),
        ("oneClass", (3, 1), [0, 0, 0], 0.0, -100), ("smoothed", (5, 5), labels, 0.1, -100),
        ("ignored", (5, 5), labels, 0.0, 2), ("ignoredNegative", (4, 3), [-100, 1, -100, 2], 0.0, -100),
        ("ignoredSmoothed", (5, 5), labels, 0.2, 0), ("allIgnored", (2, 3), [1, 1], 0.0, 1),
        ("large", 40 * torch.cos(torch.arange(12.0)).reshape(3, 4), [3, 0, 1], 0.0, -100),
        ("empty", (0, 4), [], 0.0, -100),
    ]:
        recorder.case(
            f"crossEntropy/{name}", dict(labelSmoothing=smoothing, ignoredIndex=ignored),
            dict(x=x, labels=torch.tensor(labels, dtype=torch.long)),
            lambda x, labels: functional.cross_entropy(
                x, labels, reduction="none", label_smoothing=smoothing, ignore_index=ignored))


def softmax(recorder):
    for layer, function in [("softmax", functional.softmax), ("logSoftmax", functional.log_softmax)]:
        for name, x, axis in [
            ("lastAxis", (4, 5), -1), ("one", (1, 1), -1), ("firstAxis", (4, 3), 0),
            ("middleAxis", (2, 5, 3), 1), ("sequence", (2, 3, 6), 2), ("channels", (2, 3, 2, 4), -3),
            ("large", 90 * torch.cos(torch.arange(12.0)).reshape(3, 4), -1), ("empty", (0, 4), -1),
        ]:
            recorder.case(
                f"{layer}/{name}", dict(axis=axis), dict(x=x), lambda x: function(x, dim=axis))


def one_hot(recorder):
    for name, labels, count in [
        ("vector", [2, 0, 3, 3], 4), ("sentences", [[1, 4, 0], [4, 4, 2]], 6), ("one", [0], 1),
        ("empty", torch.zeros(0, dtype=torch.long), 3),
    ]:
        recorder.case(
            f"oneHot/{name}", dict(count=count), dict(labels=torch.as_tensor(labels)),
            lambda labels: functional.one_hot(labels, count).double())


def write(recorder):
    embedding(recorder)
    cross_entropy(recorder)
    softmax(recorder)
    one_hot(recorder)
