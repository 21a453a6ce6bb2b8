"""Pooling and upsampling."""
import torch
from torch.nn import functional


def pool(recorder, path, x, kernel, stride=None, padding=0, inputs=None):
    """`x` is [batch, channels, ...]; both kinds of pooling, except where the inputs are given."""
    rank = len(x) - 2
    several = lambda value: [value] * rank if isinstance(value, int) else list(value)
    stride = kernel if stride is None else stride
    configuration = dict(
        kernelSize=several(kernel), stride=several(stride), padding=several(padding))
    largest = getattr(torch.nn, f"MaxPool{rank}d")(kernel, stride, padding)
    recorder.case(
        f"maxPool{rank}d/{path}", configuration, dict(x=x if inputs is None else inputs), largest)
    if inputs is None:
        # Zeros of the padding count, as in PyTorch's default.
        mean = getattr(torch.nn, f"AvgPool{rank}d")(kernel, stride, padding, False, True)
        recorder.case(f"averagePool{rank}d/{path}", configuration, dict(x=x), mean)


def upsample(recorder, path, x, mode, scale=None, size=None, align=None):
    """One of `scale` and `size` is given, and the configuration has that one."""
    rank = len(x) - 2
    configuration = dict(mode=mode)
    if scale is not None:
        configuration["scale"] = [scale] * rank if isinstance(scale, int) else list(scale)
    else:
        configuration["size"] = list(size)
    if align is not None:
        configuration["alignCorners"] = align
    factors = configuration.get("scale")
    recorder.case(
        f"upsample/{path}", configuration, dict(x=x),
        lambda x: functional.interpolate(
            x, size=size, scale_factor=factors and [float(f) for f in factors], mode=mode,
            align_corners=align))


def write(recorder):
    for path, x, kernel, settings in [
        ("plain", (2, 3, 6), 2, {}), ("odd", (1, 2, 7), 2, {}),
        ("overlapping", (2, 2, 9), 3, dict(stride=2)),
        ("padded", (2, 2, 7), 3, dict(stride=2, padding=1)), ("whole", (2, 3, 5), 5, {}),
        ("empty", (0, 2, 6), 2, {}),
        ("plain", (2, 3, 4, 6), 2, {}), ("one", (1, 1, 4, 4), 2, {}), ("odd", (2, 2, 5, 7), 2, {}),
        ("overlapping", (2, 2, 7, 6), 3, dict(stride=2)),
        ("padded", (2, 2, 6, 7), 3, dict(stride=2, padding=1)),
        ("gaps", (1, 2, 8, 7), 2, dict(stride=3)),
        ("everyPlace", (2, 1, 5, 4), 3, dict(stride=1, padding=1)),
        ("asymmetric", (2, 2, 6, 7), (3, 2), dict(stride=(2, 1), padding=(1, 0))),
        ("whole", (2, 3, 4, 3), (4, 3), {}), ("manyChannels", (1, 17, 4, 4), 2, {}),
        ("empty", (0, 3, 4, 4), 2, {}),
    ]:
        pool(recorder, path, x, kernel, **settings)
    # Among equals the first of a window gets the gradient.
    grid = torch.arange(72).reshape(2, 1, 6, 6)
    pool(recorder, "ties", (2, 1, 6, 6), 2, inputs=((grid * 7) % 5 // 2).double())

    for path, x in [("plain", (2, 3, 5)), ("one", (1, 2, 1)), ("empty", (0, 2, 4))]:
        recorder.case(f"globalAveragePool1d/{path}", {}, dict(x=x), torch.nn.AdaptiveAvgPool1d(1))
    for path, x in [
        ("plain", (2, 3, 4, 5)), ("one", (1, 2, 7, 1)), ("pixel", (3, 4, 1, 1)), ("empty", (0, 2, 4, 3))
    ]:
        recorder.case(f"globalAveragePool2d/{path}", {}, dict(x=x), torch.nn.AdaptiveAvgPool2d(1))

    up = lambda *a, **k: upsample(recorder, *a, **k)
    up("nearestDouble", (2, 3, 3, 4), "nearest", scale=2)
    up("nearestTriple", (1, 2, 3, 2), "nearest", scale=3)
    up("nearestAsymmetric", (2, 2, 3, 2), "nearest", scale=(1, 3))
    up("nearestToSize", (2, 2, 3, 4), "nearest", size=(7, 9))
    up("nearestToSmaller", (1, 2, 5, 6), "nearest", size=(3, 4))
    up("nearestPixel", (2, 3, 1, 1), "nearest", size=(4, 3))
    up("nearestSequence", (2, 3, 4), "nearest", scale=2)
    up("nearestSequenceToSize", (1, 2, 4), "nearest", size=(7,))
    up("nearestEmpty", (0, 2, 3, 3), "nearest", scale=2)
    for align, word in [(False, "Centres"), (True, "Corners")]:
        up(f"bilinear{word}Double", (2, 3, 3, 4), "bilinear", scale=2, align=align)
        up(f"bilinear{word}Triple", (1, 2, 2, 3), "bilinear", scale=3, align=align)
        up(f"bilinear{word}ToSize", (2, 2, 3, 4), "bilinear", size=(7, 5), align=align)
        up(f"bilinear{word}ToSmaller", (1, 2, 6, 5), "bilinear", size=(4, 2), align=align)
        up(f"bilinear{word}Pixel", (2, 2, 1, 1), "bilinear", size=(3, 2), align=align)
        up(f"bilinear{word}Empty", (0, 2, 3, 3), "bilinear", scale=2, align=align)
