"""Linear maps and convolutions."""
import torch


def linear(recorder):
    shapes = {
        "batch": (4, 5, 3), "one": (1, 4, 7), "toOne": (3, 6, 1), "fromOne": (3, 1, 4),
        "sequence": (2, 5, 3, 4), "empty": (0, 4, 3), "emptySequence": (2, 0, 3, 2),
    }
    for name, (*leading, inputs, outputs) in shapes.items():
        recorder.case(
            f"linear/{name}", dict(inputSize=inputs, outputSize=outputs),
            dict(x=(*leading, inputs)), module=torch.nn.Linear(inputs, outputs))


def convolve(recorder, path, rank, x, outputs, kernel, is_transposed=False, **settings):
    """`x` is [batch, channels, ...]; settings not given are PyTorch's."""
    several = lambda value: [value] * rank if isinstance(value, int) else list(value)
    settings = dict(stride=1, padding=0, dilation=1, groups=1, bias=True) | settings
    if is_transposed:
        settings.setdefault("output_padding", 0)
    kind = ("ConvTranspose" if is_transposed else "Conv") + f"{rank}d"
    configuration = dict(
        inputChannels=x[1], outputChannels=outputs, kernelSize=several(kernel),
        stride=several(settings["stride"]), padding=several(settings["padding"]),
        dilation=several(settings["dilation"]), groups=settings["groups"],
        hasBias=settings["bias"])
    if is_transposed:
        configuration["outputPadding"] = several(settings["output_padding"])
    module = getattr(torch.nn, kind)(x[1], outputs, kernel, **settings)
    recorder.case(f"{kind[0].lower() + kind[1:]}/{path}", configuration, dict(x=x), module=module)


def write(recorder):
    linear(recorder)
    c1 = lambda *a, **k: convolve(recorder, a[0], 1, *a[1:], **k)
    c1("plain", (2, 3, 9), 4, 3)
    c1("padded", (2, 3, 7), 2, 3, padding=1)
    c1("strided", (3, 2, 11), 3, 4, stride=2, padding=1)
    c1("dilated", (1, 2, 12), 3, 3, dilation=3, padding=2)
    c1("grouped", (2, 4, 8), 6, 3, groups=2)
    c1("depthwise", (2, 3, 8), 3, 5, groups=3, padding=2)
    c1("pointwise", (2, 5, 6), 3, 1)
    c1("noBias", (2, 1, 10), 2, 3, bias=False)
    c1("wholeSequence", (2, 2, 5), 3, 5)
    c1("empty", (0, 2, 6), 3, 3)

    c2 = lambda *a, **k: convolve(recorder, a[0], 2, *a[1:], **k)
    c2("plain", (2, 3, 6, 7), 4, 3)
    c2("padded", (2, 3, 5, 5), 4, 3, padding=1)
    c2("strided", (2, 1, 8, 8), 3, 4, stride=2, padding=1)
    c2("stridedOdd", (1, 3, 7, 9), 2, 3, stride=2, padding=1)
    c2("strideSkipsTheEnd", (1, 2, 8, 9), 2, 3, stride=3)
    c2("strideBeyondKernel", (2, 2, 7, 7), 3, 2, stride=3)
    c2("dilated", (1, 2, 9, 8), 3, 3, dilation=2, padding=2)
    c2("dilatedStrided", (2, 2, 9, 9), 2, 3, dilation=2, stride=2, padding=1)
    c2("grouped", (2, 4, 5, 5), 6, 3, groups=2, padding=1)
    c2("depthwise", (2, 4, 6, 5), 4, 3, groups=4, padding=1)
    c2("depthwiseMultiplied", (1, 3, 5, 6), 6, 3, groups=3, stride=2, padding=1)
    c2("asymmetricKernel", (2, 2, 6, 7), 3, (1, 5))
    c2("asymmetricAll", (2, 2, 9, 8), 3, (3, 2), stride=(2, 1), padding=(0, 1))
    c2("asymmetricDilation", (1, 2, 8, 7), 2, (2, 3), dilation=(3, 1), padding=(1, 2))
    c2("pointwise", (3, 5, 4, 3), 6, 1)
    c2("pointwiseStrided", (2, 4, 5, 5), 3, 1, stride=2)
    c2("noBias", (2, 3, 5, 6), 4, 3, padding=1, bias=False)
    c2("oneChannel", (1, 1, 7, 5), 1, 3, padding=1)
    c2("wholeImage", (3, 4, 4, 4), 5, 4)
    c2("onePixel", (2, 3, 1, 1), 4, 3, padding=1)
    c2("wide", (1, 16, 5, 5), 17, 3, padding=1)
    c2("empty", (0, 3, 6, 6), 4, 3, padding=1)

    t1 = lambda *a, **k: convolve(recorder, a[0], 1, *a[1:], is_transposed=True, **k)
    t1("plain", (2, 3, 5), 4, 3)
    t1("strided", (2, 3, 5), 2, 4, stride=2, padding=1)
    t1("outputPadded", (1, 2, 6), 3, 3, stride=2, padding=1, output_padding=1)
    t1("dilated", (2, 2, 5), 2, 3, dilation=2, padding=1)
    t1("grouped", (2, 4, 5), 6, 3, groups=2, stride=2)
    t1("noBias", (2, 3, 4), 1, 3, bias=False)
    t1("empty", (0, 2, 4), 3, 3, stride=2)

    t2 = lambda *a, **k: convolve(recorder, a[0], 2, *a[1:], is_transposed=True, **k)
    t2("plain", (2, 3, 4, 5), 4, 3)
    t2("doubling", (2, 4, 4, 4), 3, 4, stride=2, padding=1)
    t2("doublingToOne", (2, 3, 4, 3), 1, 4, stride=2, padding=1)
    t2("outputPadded", (1, 3, 4, 4), 3, 3, stride=2, padding=1, output_padding=1)
    t2("outputPaddedAsymmetric", (2, 2, 3, 4), 2, 3, stride=(3, 2), padding=1,
       output_padding=(2, 0))
    t2("tripled", (2, 2, 3, 3), 3, 3, stride=3)
    t2("strideBeyondKernel", (2, 2, 3, 3), 2, 2, stride=3)
    t2("dilated", (1, 2, 4, 5), 3, 3, dilation=2, padding=1)
    t2("dilatedStrided", (1, 2, 4, 4), 2, 3, dilation=2, stride=2, padding=1)
    t2("grouped", (2, 4, 4, 4), 6, 3, groups=2, stride=2, padding=1)
    t2("depthwise", (2, 3, 3, 4), 3, 4, groups=3, stride=2, padding=1)
    t2("asymmetric", (2, 2, 4, 3), 3, (3, 2), stride=(2, 1), padding=(1, 0))
    t2("pointwise", (2, 4, 3, 3), 2, 1)
    t2("noBias", (2, 3, 4, 4), 2, 3, stride=2, padding=1, bias=False)
    t2("fromOnePixel", (3, 5, 1, 1), 4, 4)
    t2("empty", (0, 3, 4, 4), 2, 4, stride=2, padding=1)
