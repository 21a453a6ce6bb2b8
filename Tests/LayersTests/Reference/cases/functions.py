"""Functions without weights: of single elements, and those that move elements about."""
import torch
from torch.nn import functional


def elementwise(recorder):
    points = torch.tensor([-30, -8, -3, -1, -0.5, -0.1, 0.1, 0.5, 1, 3, 8, 30.0])
    for path, configuration, function in [
        ("gelu/exact", dict(approximation="none"), functional.gelu),
        ("gelu/tanh", dict(approximation="tanh"),
         lambda x: functional.gelu(x, approximate="tanh")),
        ("silu/plain", {}, functional.silu), ("softplus/plain", {}, functional.softplus),
        ("leakyRelu/plain", dict(slope=0.01), functional.leaky_relu),
        ("leakyRelu/steep", dict(slope=0.2), lambda x: functional.leaky_relu(x, 0.2)),
        ("elu/plain", dict(alpha=1.0), functional.elu),
        ("elu/alpha", dict(alpha=0.5), lambda x: functional.elu(x, 0.5)),
    ]:
        recorder.case(path, configuration, dict(x=points), function)
        recorder.case(f"{path}Image", configuration, dict(x=(2, 3, 3, 5)), function)


def joining(recorder):
    for name, shapes, axis in [
        ("firstAxis", [(2, 3), (1, 3)], 0), ("lastAxis", [(2, 3), (2, 1), (2, 4)], -1),
        ("channels", [(2, 1, 3, 2), (2, 3, 3, 2)], 1), ("withEmpty", [(2, 0), (2, 3)], 1),
        ("empty", [(0, 2), (0, 3)], 1), ("single", [(3, 2)], 0),
    ]:
        recorder.case(
            f"concatenate/{name}", dict(axis=axis),
            {f"x{number}": shape for number, shape in enumerate(shapes)},
            lambda *x: torch.cat(x, dim=axis))
    for name, x, axis, start, end, step in [
        ("firstAxis", (5, 3), 0, 1, 4, 1), ("lastAxis", (2, 6), -1, 2, 5, 1),
        ("middleAxis", (2, 5, 3), 1, 3, 5, 1), ("channels", (2, 4, 3, 2), 1, 0, 2, 1),
        ("whole", (3, 2), 0, 0, 3, 1), ("none", (3, 2), 0, 2, 2, 1), ("empty", (0, 4), 1, 1, 3, 1),
        ("step", (3, 7), 1, 1, 7, 2),
    ]:
        recorder.case(
            f"slice/{name}", dict(axis=axis, start=start, end=end, step=step), dict(x=x),
            lambda x: x.index_select(axis, torch.arange(start, end, step)))


def padding(recorder):
    # Pairs of before and after for each axis, the first axis first.
    for name, x, pairs, mode, value in [
        ("constantLast", (2, 3), [(0, 0), (1, 2)], "constant", 0.0),
        ("constantValue", (2, 2, 3), [(0, 0), (2, 0), (0, 1)], "constant", 1.5),
        ("constantImage", (1, 2, 3, 4), [(0, 0), (0, 0), (1, 1), (2, 1)], "constant", 0.0),
        ("constantFirst", (2, 3), [(1, 2), (0, 0)], "constant", 0.0),
        ("constantEmpty", (0, 2, 3), [(0, 0), (1, 0), (0, 2)], "constant", 0.0),
        ("reflectSequence", (2, 2, 5), [(0, 0), (0, 0), (3, 2)], "reflect", 0.0),
        ("reflectImage", (2, 2, 4, 3), [(0, 0), (0, 0), (1, 2), (2, 0)], "reflect", 0.0),
        ("reflectFull", (1, 1, 3, 4), [(0, 0), (0, 0), (2, 2), (3, 3)], "reflect", 0.0),
        ("replicateSequence", (2, 2, 4), [(0, 0), (0, 0), (1, 5)], "replicate", 0.0),
        ("replicateImage", (2, 2, 3, 4), [(0, 0), (0, 0), (1, 2), (3, 0)], "replicate", 0.0),
        ("replicatePixel", (1, 2, 1, 1), [(0, 0), (0, 0), (1, 1), (2, 1)], "replicate", 0.0),
    ]:
        # PyTorch wants the last axis first, and for the other modes no more axes than they move.
        flat = [number for pair in reversed(pairs) for number in pair]
        if mode != "constant":
            flat = flat[: 2 * (len(x) - 2)]
        settings = dict(value=value) if mode == "constant" else {}
        recorder.case(
            f"pad/{name}", dict(mode=mode, padding=pairs, value=value), dict(x=x),
            lambda x: functional.pad(x, flat, mode=mode, **settings))


def picking(recorder):
    for name, x, indices, axis in [
        ("rows", (5, 3), [3, 0, 3], 0), ("columns", (2, 4), [1, 1, 0, 3, 2], 1),
        ("channels", (2, 3, 2, 2), [2, 0], 1), ("last", (2, 2, 4), [3], -1), ("vector", (6,), [5, 5, 0], 0),
        ("none", (3, 2), [], 0), ("empty", (0, 3), [2, 0], 1),
    ]:
        recorder.case(
            f"gather/{name}", dict(axis=axis), dict(x=x, indices=torch.tensor(indices, dtype=torch.long)),
            lambda x, indices: x.index_select(axis, indices))
    # Each slice of x is added to the slice of a result of zeros that its index names.
    for name, x, indices, axis, count in [
        ("rows", (4, 3), [2, 0, 2, 4], 0, 5), ("columns", (2, 3), [1, 1, 1], 1, 2),
        ("middle", (2, 3, 2), [3, 0, 3], 1, 4), ("vector", (5,), [0, 1, 0, 2, 2], 0, 3),
        ("none", (0, 2), [], 0, 3), ("empty", (0, 2), [1, 0], 1, 3),
    ]:
        shape = list(x)
        shape[axis] = count
        recorder.case(
            f"scatterAdd/{name}", dict(axis=axis, count=count),
            dict(x=x, indices=torch.tensor(indices, dtype=torch.long)),
            lambda x, indices: torch.zeros(shape).index_add(axis, indices, x))
    for name, condition, x, other in [
        ("plain", (3, 4), (3, 4), (3, 4)), ("broadcast", (3, 1), (1, 4), (3, 4)),
        ("scalar", (2, 3), (2, 3), ()), ("empty", (0, 3), (0, 3), (3,)),
    ]:
        number = torch.Size(condition).numel()
        chosen = (torch.arange(number) * 5 % 3 == 0).reshape(condition)
        recorder.case(
            f"where/{name}", {}, dict(condition=chosen, x=x, other=other),
            lambda condition, x, other: torch.where(condition, x, other))


def write(recorder):
    elementwise(recorder)
    joining(recorder)
    padding(recorder)
    picking(recorder)
