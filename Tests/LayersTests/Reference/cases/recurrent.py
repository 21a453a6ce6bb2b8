"""Recurrent layers, batch first, with PyTorch's names and order of gates."""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


def recurrent(
    recorder, path, x, hidden, layers=1, both_ways=False, lengths=None, has_start=False, bias=True
):
    """`x` is [batch, steps, size]; outputs beyond an example's length are 0."""
    for kind in ("GRU", "LSTM"):
        module = getattr(torch.nn, kind)(
            x[2], hidden, layers, bias=bias, batch_first=True, bidirectional=both_ways)
        inputs = dict(x=x)
        if has_start:
            start = (layers * (2 if both_ways else 1), x[0], hidden)
            inputs |= dict(h0=start, c0=start) if kind == "LSTM" else dict(h0=start)
        if lengths:
            inputs["lengths"] = torch.tensor(lengths)

        def run(x, *others):
            start = [value for value in others if value.is_floating_point()]
            start = (tuple(start) if kind == "LSTM" else start[0]) if start else None
            steps = x.shape[1]
            if lengths:
                x = pack_padded_sequence(
                    x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
            y, end = module(x, start)
            if lengths:
                y, _ = pad_packed_sequence(y, batch_first=True, total_length=steps)
            return dict(y=y, hn=end[0], cn=end[1]) if kind == "LSTM" else dict(y=y, hn=end)

        recorder.case(
            f"{kind.lower()}/{path}",
            dict(inputSize=x[2], hiddenSize=hidden, layerCount=layers, isBidirectional=both_ways,
                 hasBias=bias),
            inputs, run, module)


def write(recorder):
    case = lambda *a, **k: recurrent(recorder, *a, **k)
    case("plain", (3, 4, 2), 3)
    case("one", (1, 5, 3), 2)
    case("oneStep", (2, 1, 3), 4)
    case("start", (2, 3, 2), 3, has_start=True)
    case("noBias", (2, 3, 2), 3, bias=False)
    case("twoLayers", (2, 4, 3), 2, layers=2)
    case("twoLayersStart", (2, 3, 2), 3, layers=2, has_start=True)
    case("bothWays", (2, 4, 3), 2, both_ways=True)
    case("bothWaysStart", (2, 3, 2), 2, both_ways=True, has_start=True)
    case("twoLayersBothWays", (2, 3, 3), 2, layers=2, both_ways=True, has_start=True)
    case("lengths", (4, 5, 2), 3, lengths=[3, 5, 1, 4])
    case("lengthsShort", (2, 5, 2), 2, lengths=[2, 3])
    case("lengthsStart", (3, 4, 2), 2, lengths=[2, 4, 3], has_start=True)
    case("lengthsTwoLayers", (3, 4, 2), 2, layers=2, lengths=[1, 4, 2])
    case("lengthsBothWays", (3, 4, 2), 3, both_ways=True, lengths=[4, 2, 3])
    case("lengthsTwoLayersBothWays", (3, 4, 2), 2, layers=2, both_ways=True, lengths=[2, 4, 1],
         has_start=True)
    case("empty", (0, 3, 2), 3)
