"""Runs one case through PyTorch and writes down everything that went in and came out."""
import json
import zlib

import h5py
import numpy
import torch

torch.set_default_dtype(torch.float64)


def exact(tensor):
    """The nearest numbers that float32 holds, in float64."""
    return tensor.detach().float().double()


class Recorder:
    def __init__(self, path):
        # The 1.8 layout keeps small groups small; older and newer libraries read it.
        self.file = h5py.File(path, "w", libver=("v108", "v108"))
        self.configurations = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def case(
        self, path, configuration, inputs, function=None, module=None, is_training=False,
        prepare=None, names={},
    ):
        """Writes one case.

        inputs: a shape means random numbers; gradients are taken by every tensor of floating point.
        function: of the inputs by name, giving a tensor or a dictionary of outputs; by default the module.
        prepare: changes the module's random state before the pass.
        names: other names for some of the module's state.
        """
        random = numpy.random.default_rng(zlib.crc32(path.encode()))
        uniform = lambda shape, low, high: exact(torch.tensor(random.uniform(low, high, shape)))
        inputs = {
            name: uniform(value, -2, 2) if isinstance(value, tuple) else torch.as_tensor(value)
            for name, value in inputs.items()
        }
        inputs = {
            name: exact(value).requires_grad_() if value.is_floating_point() else value
            for name, value in inputs.items()
        }
        weights, trainable = {}, {}
        if module is not None:
            module.double().train(is_training)
            for name, value in module.state_dict().items():
                if value.is_floating_point():
                    bounds = (0.5, 2) if name == "running_var" else (-0.7, 0.7)
                    value.copy_(uniform(tuple(value.shape), *bounds))
            if prepare:
                prepare(module)
            weights = self.state(module, names)
            trainable = {names.get(name, name): p for name, p in module.named_parameters()}
        outputs = (function or module)(*inputs.values())
        outputs = outputs if isinstance(outputs, dict) else {"y": outputs}
        upstream = {name: uniform(tuple(value.shape), -1, 1) for name, value in outputs.items()}
        moved = {f"input_{name}": x for name, x in inputs.items() if x.requires_grad} | trainable
        gradients = {}
        if moved:
            total = sum((value * upstream[name]).sum() for name, value in outputs.items())
            slopes = torch.autograd.grad(total, list(moved.values()), allow_unused=True)
            gradients = {name: g for name, g in zip(moved, slopes) if g is not None}
        after = {}
        if module is not None:
            after = {n: v for n, v in self.state(module, names).items() if n not in trainable}

        self.configurations[path] = configuration
        group = self.file.create_group(path)
        group.attrs["configuration"] = numpy.bytes_(json.dumps(configuration))
        group.attrs["isTraining"] = numpy.int32(is_training)
        parts = dict(
            inputs=inputs, weights=weights, upstream=upstream, outputs=outputs, gradients=gradients,
            after=after)
        for part, tensors in parts.items():
            for name, tensor in tensors.items():
                values = tensor.detach().float().numpy()
                assert numpy.isfinite(values).all(), f"{path}: {part} {name} is not finite"
                group.create_dataset(f"{part}/{name}", data=values, dtype="<f4")

    @staticmethod
    def state(module, names):
        return {
            names.get(name, name): value.detach().clone()
            for name, value in module.state_dict().items() if value.is_floating_point()
        }

    def listing(self):
        """One line a case: its path, its inputs' shapes and its configuration."""
        return "\n".join(f"{path}  {json.dumps(c)}" for path, c in self.configurations.items())
