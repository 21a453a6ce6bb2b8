"""Batch, layer and group normalisation; spectral normalisation of weights."""
import torch
from torch.nn.utils.parametrizations import spectral_norm


def batch_norm(recorder):
    shapes = {
        "batchNorm1d": {
            "plain": (6, 4), "two": (2, 3), "one": (1, 3), "sequence": (3, 2, 5),
            "oneSequence": (1, 2, 6), "empty": (0, 3), "emptySequence": (0, 3, 4),
        },
        "batchNorm2d": {
            "plain": (4, 3, 3, 5), "one": (1, 2, 4, 4), "pixel": (5, 3, 1, 1),
            "oneChannel": (3, 1, 5, 4), "wide": (2, 17, 2, 2), "empty": (0, 3, 4, 4),
        },
    }
    for layer, cases in shapes.items():
        for name, x in cases.items():
            for is_training in (False, True):
                # One value a channel has no variance to speak of; PyTorch refuses it.
                if is_training and x[0] * torch.Size(x[2:]).numel() == 1:
                    continue
                recorder.case(
                    f"{layer}/{name}{'Training' if is_training else 'Evaluation'}",
                    dict(channels=x[1], momentum=0.1, epsilon=1e-5), dict(x=x),
                    module=getattr(torch.nn, layer[0].upper() + layer[1:])(x[1]),
                    is_training=is_training)
    for name, momentum, epsilon in [("momentum", 0.3, 1e-5), ("epsilon", 0.1, 1e-2)]:
        recorder.case(
            f"batchNorm2d/{name}Training", dict(channels=2, momentum=momentum, epsilon=epsilon),
            dict(x=(3, 2, 3, 3)), is_training=True,
            module=torch.nn.BatchNorm2d(2, momentum=momentum, eps=epsilon))
    # Far from 0, a variance computed as E[x²] - E[x]² loses most of its digits.
    recorder.case(
        "batchNorm2d/farFromZeroTraining", dict(channels=2, momentum=0.1, epsilon=1e-5),
        dict(x=300 + torch.sin(torch.arange(96.0)).reshape(4, 2, 3, 4)), is_training=True,
        module=torch.nn.BatchNorm2d(2))


def layer_norm(recorder):
    for name, x, axes, epsilon in [
        ("lastAxis", (4, 6), 1, 1e-5), ("one", (1, 5), 1, 1e-5), ("sequence", (2, 3, 5), 1, 1e-5),
        ("lastTwoAxes", (3, 4, 5), 2, 1e-5), ("image", (2, 3, 4, 3), 2, 1e-5),
        ("allButBatch", (2, 3, 2, 4), 3, 1e-5), ("epsilon", (3, 4), 1, 0.1),
        ("empty", (0, 4), 1, 1e-5), ("emptySequence", (2, 0, 3), 1, 1e-5),
    ]:
        shape = list(x[-axes:])
        recorder.case(
            f"layerNorm/{name}", dict(shape=shape, epsilon=epsilon), dict(x=x),
            module=torch.nn.LayerNorm(shape, eps=epsilon))


def group_norm(recorder):
    for name, x, groups in [
        ("twoGroups", (3, 4, 3, 3), 2), ("oneGroup", (2, 3, 4, 2), 1), ("eachChannel", (2, 3, 3, 4), 3),
        ("one", (1, 6, 2, 3), 3), ("sequence", (2, 4, 5), 2), ("vector", (3, 6), 2),
        ("empty", (0, 4, 3, 3), 2),
    ]:
        recorder.case(
            f"groupNorm/{name}", dict(channels=x[1], groups=groups, epsilon=1e-5), dict(x=x),
            module=torch.nn.GroupNorm(groups, x[1]))


def spectral(recorder):
    names = {
        "parametrizations.weight.original": "weight_orig", "parametrizations.weight.0._u": "weight_u",
        "parametrizations.weight.0._v": "weight_v",
    }

    def prepare(module):
        """Two steps from anywhere: near enough to divide by, far enough that a pass still moves u and v."""
        weight = module.parametrizations.weight
        matrix = weight.original.detach().flatten(1)
        u = weight[0]._u
        for _ in range(2):
            v = torch.nn.functional.normalize(matrix.T @ u, dim=0)
            u = torch.nn.functional.normalize(matrix @ v, dim=0)
        weight[0]._u.copy_(u.float())
        weight[0]._v.copy_(v.float())

    for name, make, x, configuration in [
        ("linear", lambda: torch.nn.Linear(5, 4), (3, 5), dict(layer="linear", inputSize=5, outputSize=4)),
        ("linearToOne", lambda: torch.nn.Linear(4, 1), (1, 4),
         dict(layer="linear", inputSize=4, outputSize=1)),
        ("conv2d", lambda: torch.nn.Conv2d(3, 4, 3, 2, 1), (2, 3, 5, 6),
         dict(layer="conv2d", inputChannels=3, outputChannels=4, kernelSize=[3, 3], stride=[2, 2],
              padding=[1, 1], dilation=[1, 1], groups=1, hasBias=True)),
    ]:
        for is_training in (False, True):
            for steps in (1, 3) if is_training and name == "linear" else (1,):
                mode = "Training" if is_training else "Evaluation"
                recorder.case(
                    f"spectralNorm/{name}{'ThreeSteps' if steps == 3 else ''}{mode}",
                    configuration | dict(iterationCount=steps, epsilon=1e-12), dict(x=x),
                    module=spectral_norm(make(), n_power_iterations=steps),
                    is_training=is_training, prepare=prepare, names=names)


def write(recorder):
    batch_norm(recorder)
    layer_norm(recorder)
    group_norm(recorder)
    spectral(recorder)
