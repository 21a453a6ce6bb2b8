#!/usr/bin/env python3
"""Open LatentZoo checkpoints with numpy and h5py alone.

    import latentzoo
    model = latentzoo.load("vae-digits")          # a name in a zoo, or the path of a file
    z = model.encode(images)                      # [N, 1, 8, 8] to [N, 20]
    y = model.decode(z)
    new = model.sample(16, seed=1)

A checkpoint holds, beside its weights, the networks themselves as lists of ONNX operators. This file runs those lists, so
it opens every family of models without knowing any. It is meant to be read: `checkpoints/FORMAT.md` says what the file
format is, and this is the shortest program that follows it. h5py reads the file, so open only files that you trust.

On the command line: `python3 latentzoo.py list`, `info`, `verify`, `encode`, `decode` and `sample`; each has `--help`.
"""

import argparse
import hashlib
import json
import math
import os
import pathlib
import sys

import h5py
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

FORMAT, MAJOR_VERSION, OPSET = "LatentZoo checkpoint", "1", 21
ROWS_AT_A_TIME = 500


class CheckpointError(Exception):
    """A file is no checkpoint, is damaged, or is asked for what it cannot do."""


# ---------------------------------------------------------------------------------------------------------- Files


def zoo_folders(zoo=None):
    """The folders in which names are looked up, first folder first, as the command `latentzoo` does."""
    listed = [folder for folder in os.environ.get("LATENTZOO_PATH", "").split(":") if folder]
    data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return ([str(zoo)] if zoo else []) + listed + ["checkpoints", f"{data}/latentzoo"]


def find(name, zoo=None):
    """The path of a model: what has a slash or ends in `.h5` is a path already."""
    name = str(name)
    if "/" in name or name.endswith(".h5"):
        return name
    for folder in zoo_folders(zoo):
        if os.path.isfile(f"{folder}/{name}.h5"):
            return f"{folder}/{name}.h5"
    raise CheckpointError(f'there is no model "{name}" in ' + ", ".join(zoo_folders(zoo)))


def open_checkpoint(path):
    """Opens a file and checks that it is a checkpoint of a version that is known here."""
    try:
        file = h5py.File(path, "r")
    except OSError as error:
        raise CheckpointError(f"{path} cannot be opened: {error}") from None
    if file.attrs.get("format") != FORMAT:
        raise CheckpointError(f"{path} is an HDF5 file but no LatentZoo checkpoint")
    version = str(file.attrs.get("format_version"))
    if version.split(".")[0] != MAJOR_VERSION:
        raise CheckpointError(
            f"{path} has checkpoint format {version}, this program reads {MAJOR_VERSION}.x")
    return file


def list_zoo(folder):
    """What the files of a folder say about themselves: a list of dictionaries, with `error` where a file is no model."""
    entries = []
    for path in sorted(pathlib.Path(folder).glob("[!.]*.h5")):
        entry = {"name": path.stem, "path": str(path)}
        try:
            with open_checkpoint(path) as file:
                for key in ("family", "latent_size", "parameter_count", "created_at"):
                    value = file.attrs[key]
                    entry[key] = value if isinstance(value, str) else int(value)
        except (CheckpointError, KeyError) as error:
            entry["error"] = str(error)
        entries.append(entry)
    return entries


def datasets(group, prefix=""):
    """All datasets below a group by path. What points out of the file or into a circle is refused."""
    found = {}
    for name in group:
        path = prefix + name
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise CheckpointError(f"{path} is a link, a checkpoint has none")
        item = group[name]
        if isinstance(item, h5py.Group):
            if path.count("/") > 16:
                raise CheckpointError(f"{path} lies too deep")
            found.update(datasets(item, path + "/"))
        elif item.is_virtual or item.external:
            raise CheckpointError(f"{path} lies in another file")
        else:
            found[path] = item
    return found


def text(file, path):
    """A dataset of one string."""
    if path not in file:
        raise CheckpointError(f"{file.filename} lacks {path}")
    return file[path].asstr()[()]


def digest(dataset):
    """SHA-256 of a dataset: of the little-endian bytes as they lie in the file, for a string of its UTF-8."""
    value = dataset[()]
    if not isinstance(value, bytes):
        value = np.asarray(value)
        value = value.astype(value.dtype.newbyteorder("<")).tobytes()
    return hashlib.sha256(value).hexdigest()


def verify(path):
    """Compares every dataset with the digests that the file holds, and those with its `sha256`.

    Returns the number of datasets; raises CheckpointError naming all that differ.
    """
    with open_checkpoint(path) as file:
        wanted = text(file, "checksums")
        if hashlib.sha256(wanted.encode()).hexdigest() != file.attrs.get("sha256"):
            raise CheckpointError(f"{path}: the list of checksums is not the one that was written")
        recorded = {line[66:]: line[:64] for line in wanted.splitlines()}
        found = {name: digest(item) for name, item in datasets(file).items() if name != "checksums"}
    wrong = sorted(name for name in found.keys() | recorded if found.get(name) != recorded.get(name))
    if wrong:
        raise CheckpointError(f"{path} is damaged in " + ", ".join(wrong))
    return len(found)


def load(name, zoo=None, check=True):
    """Opens a model by its name in a zoo or by its path; `check` compares everything with its checksum first."""
    path = find(name, zoo)
    if check:
        verify(path)
    with open_checkpoint(path) as file:
        record = json.loads(text(file, "record"))
        for attribute, value in [
            ("name", record["name"]), ("family", record["specification"]["family"]),
            ("latent_size", record["latentSize"]), ("parameter_count", record["parameterCount"]),
        ]:
            if file.attrs.get(attribute) != value:
                raise CheckpointError(f"{path}: its attribute {attribute} does not agree with its record")
        graph = json.loads(text(file, "graph"))
        if graph["opset"] != OPSET:
            raise CheckpointError(f"{path} has ONNX operators of set {graph['opset']}, not {OPSET}")
        weights = {name: item[()] for name, item in datasets(file["networks"]).items()}
        density = {name: item[()] for name, item in file.get("latent_density", {}).items()}
        words = text(file, "vocabulary").split("\n") if "vocabulary" in file else None
    return Model(path, record, graph, weights, density, words)


# --------------------------------------------------------------------------------------------------------- Models


class Model:
    """A trained autoencoder.

    `record` is what is known about it (a dictionary), `weights` are its weights by path, `functions` its networks,
    `vocabulary` its words where examples are sentences.
    """

    def __init__(self, path, record, graph, weights, density, vocabulary):
        self.path, self.record, self.weights = path, record, weights
        self.density, self.vocabulary = density, vocabulary
        self.untraceable = graph.get("untraceable", {})
        for name, value in weights.items():
            if value.dtype != np.float32 or not np.isfinite(value).all():
                raise CheckpointError(f"{path}: the weight {name} is not made of finite float32 numbers")
        self.functions = {
            name: Function(f"{path}: {name}", function, weights)
            for name, function in graph["functions"].items()
        }

    @property
    def data_shape(self):
        """Shape of one example: `[C, H, W]`, `[features]`, `[T]` tokens or `[T, features]`."""
        return tuple(self.record["specification"]["data"]["shape"])

    @property
    def needs_labels(self):
        """Whether examples are encoded together with their classes."""
        encoder = self.functions.get("encoder")
        return encoder is not None and "labels" in encoder.input_names

    def prepare(self, raw):
        """Raw values, such as pixels in 0...255 or the columns of a table, in the units the networks take."""
        preprocessing = self.record["preprocessing"]
        raw = np.asarray(raw, np.float64) / preprocessing["divisor"]
        if preprocessing["columns"]:
            raw = (raw - [c["mean"] for c in preprocessing["columns"]]) / [
                c["deviation"] for c in preprocessing["columns"]]
        return raw.astype(np.float32)

    def encode(self, x, labels=None):
        """Codes of examples: `[N, ...data_shape]` or `[N, features]` in model units to `[N, latentSize]`."""
        x = np.asarray(x, np.float32)
        if x.size != len(x) * math.prod(self.data_shape):
            raise CheckpointError(f"examples are {self.data_shape}, not {x.shape[1:]}")
        inputs = {"x": x.reshape(len(x), *self.data_shape)}
        takes_labels = self.needs_labels or "encoder_with_labels" in self.functions
        if self.needs_labels and (labels is None or len(labels) != len(x)):
            raise CheckpointError(f"{self.record['name']} encodes examples with their labels: give them")
        if not takes_labels or labels is None:
            return self._run("encoder", inputs)
        inputs["labels"] = np.asarray(labels, np.float32)
        return self._run("encoder" if self.needs_labels else "encoder_with_labels", inputs)

    def decode(self, z):
        """Data from codes: `[N, latentSize]` to `[N, ...data_shape]`."""
        z = np.asarray(z, np.float32)
        if z.ndim != 2 or z.shape[1] != self.record["latentSize"]:
            raise CheckpointError(f"codes are [N, {self.record['latentSize']}], not {z.shape}")
        return self._run("decoder", {"z": z})

    def reconstruct(self, x, labels=None):
        """Examples through code and back."""
        return self.decode(self.encode(x, labels))

    def sample(self, count, label=None, seed=0):
        """New data, `[count, ...data_shape]`; `label` is the number of a class, or its name."""
        return self.decode(self.sample_codes(count, label, seed))

    def sample_codes(self, count, label=None, seed=0):
        """New codes from the model's prior, `[count, latentSize]`."""
        random, size = np.random.default_rng(seed), self.record["latentSize"]
        class_count = self.record["sampledClassCount"]
        if label is not None:
            names = self.record["preprocessing"]["labelNames"]
            label = names.index(label) if label in names else int(label)
            if not 0 <= label < class_count:
                raise CheckpointError(f"{self.record['name']} samples {class_count} classes, not {label}")
        codes = draw(self.record["prior"], count, size, label, random, self.density)
        if class_count and self.record["prior"] == "fitted":  # the class is the end of a code
            classes = random.integers(class_count, size=count) if label is None else label
            codes[:, size - class_count:] = np.eye(class_count)[classes]
        return codes.astype(np.float32)

    def sentences(self, tokens):
        """Sentences from indices of tokens, `[N, T]`."""
        lines = []
        for row in np.asarray(tokens).astype(int):
            words = [self.vocabulary[token] for token in row]
            end = words.index("<eos>") if "<eos>" in words else len(words)
            lines.append(" ".join(word for word in words[:end] if word != "<pad>"))
        return lines

    def run(self, name, **inputs):
        """Any function of the graph by name, such as `posterior`: a list of its results, for all rows together."""
        if name not in self.functions:
            raise CheckpointError(f"{self.record['name']} has no {name}; it has {', '.join(sorted(self.functions))}")
        if set(inputs) != set(self.functions[name].input_names):
            raise CheckpointError(f"{name} takes {', '.join(self.functions[name].input_names)}")
        return self.functions[name](**{key: np.asarray(rows, np.float32) for key, rows in inputs.items()})

    def _run(self, name, inputs):
        if name not in self.functions:
            reason = self.untraceable.get(name, "it only works the other way")
            raise CheckpointError(f"{self.record['name']} has no {name}: {reason}")
        count = len(next(iter(inputs.values())))
        blocks = [
            self.functions[name](**{key: rows[at:at + ROWS_AT_A_TIME] for key, rows in inputs.items()})[0]
            for at in range(0, max(count, 1), ROWS_AT_A_TIME)
        ]
        return np.concatenate(blocks)


def draw(prior, count, size, label, random, density):
    """Draws codes `[count, size]` from a prior of the record: a word, or an object with `kind` and settings."""
    kind = prior if isinstance(prior, str) else prior["kind"]
    class_count = {"labelled": "classCount", "gaussianMixture": "components", "swissRoll": "arcs"}.get(kind)
    if class_count:
        classes = random.integers(prior[class_count], size=count) if label is None else np.full(count, label)
    if kind == "standardNormal":
        return random.standard_normal((count, size))
    if kind == "uniform":
        return random.uniform(-prior["radius"], prior["radius"], (count, size))
    if kind == "gaussianMixture":  # petals around the origin
        along = prior["radius"] + prior["radialDeviation"] * random.standard_normal(count)
        across = prior["tangentialDeviation"] * random.standard_normal(count)
        angle = 2 * np.pi * classes / prior["components"]
        return np.stack([along * np.cos(angle) - across * np.sin(angle),
                         along * np.sin(angle) + across * np.cos(angle)], axis=1)
    if kind == "swissRoll":
        root = np.sqrt((classes + random.uniform(size=count)) / prior["arcs"])
        angle = 2 * np.pi * prior["turns"] * root
        spiral = prior["radius"] * root[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        return spiral + prior["deviation"] * random.standard_normal((count, 2))
    if kind == "labelled":  # a style, then the class as zeros with a 1
        style = draw(prior["style"], count, size - prior["classCount"], None, random, density)
        return np.concatenate([style, np.eye(prior["classCount"])[classes]], axis=1)
    if kind == "fitted":
        if not density:
            raise CheckpointError("the file holds no density of its codes to sample from")
        part = random.choice(len(density["weight"]), size=count, p=density["weight"])
        noise, factor = random.standard_normal((count, size)), density["factor"][part]
        scaled = np.einsum("nij,nj->ni", factor, noise) if factor.ndim == 3 else factor * noise
        return density["mean"][part] + scaled
    raise CheckpointError(f'the prior "{kind}" is not known here')


class Function:
    """A network of a checkpoint: ONNX operators from inputs to outputs."""

    def __init__(self, name, description, weights):
        self.name, self.nodes = name, description["nodes"]
        self.input_names = [value["name"] for value in description["inputs"]]
        self.output_names = [value["name"] for value in description["outputs"]]
        self.constants = {}
        for constant in description["initializers"]:
            values = np.array([float(v) for v in constant["values"]]
                              if constant["type"] == "float32" else constant["values"])
            self.constants[constant["name"]] = values.astype(constant["type"]).reshape(constant["shape"])
        for weight in description["weights"]:
            stored = weights.get(weight["name"])
            if stored is None or list(stored.shape) != weight["shape"]:
                found = "missing" if stored is None else f"of shape {list(stored.shape)}"
                raise CheckpointError(
                    f"{name}: the weight {weight['name']} {weight['shape']} is {found}")
            self.constants[weight["name"]] = stored
        self._check()

    def _check(self):
        """Refuses operators that are not known here, and operands that nobody made before."""
        unknown = sorted({node["op"] for node in self.nodes} - OPERATORS.keys())
        if unknown:
            raise CheckpointError(f"{self.name} uses operators that are not known here: " + ", ".join(unknown))
        known = {"", *self.constants, *self.input_names}
        for node in self.nodes:
            if not known.issuperset(node["inputs"]):
                raise CheckpointError(f"{self.name}: {node['op']} {node['name']} takes what nobody made")
            known.update(node["outputs"])
        if not known.issuperset(self.output_names):
            raise CheckpointError(f"{self.name} gives what nobody made")

    def __call__(self, **inputs):
        values = {**self.constants, **inputs}
        for node in self.nodes:
            operands = [values[name] if name else None for name in node["inputs"]]
            attributes = {key: next(iter(value.values())) for key, value in node["attributes"].items()}
            try:
                results = OPERATORS[node["op"]](*operands, **attributes)
            except (TypeError, ValueError, IndexError) as error:
                raise CheckpointError(f"{self.name}: {node['op']} {node['name']}: {error}") from error
            results = results if isinstance(results, tuple) else (results,)
            values.update((name, result) for name, result in zip(node["outputs"], results) if name)
        return [values[name] for name in self.output_names]


# ------------------------------------------------------------------------------------------------------ Operators
#
# What https://onnx.ai/onnx/operators/ says of each, for opset 21: operands by place, attributes by name. An attribute
# that is not listed here is an error rather than a wrong result.


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def erf(x):
    return np.asarray(np.frompyfunc(math.erf, 1, 1)(x), np.float32)


def cast(x, *, to):
    return x.astype({1: np.float32, 6: np.int32, 7: np.int64, 9: np.bool_, 11: np.float64}[to])


def gemm(a, b, c=0, *, alpha=1, beta=1, transA=0, transB=0):
    return alpha * ((a.T if transA else a) @ (b.T if transB else b)) + beta * c


def padded(x, pads, value=0):
    """Pads the last axes: all their beginnings, then all their ends."""
    count = len(pads) // 2
    widths = [(0, 0)] * (x.ndim - count) + list(zip(pads[:count], pads[count:]))
    return np.pad(x, widths, constant_values=value) if any(pads) else x


def windows(x, kernel, strides, dilations):
    """`[N, C, ...]` to `[N, C, places..., kernel...]`, a view."""
    spans = [(size - 1) * dilation + 1 for size, dilation in zip(kernel, dilations)]
    view = sliding_window_view(x, spans, axis=tuple(range(2, x.ndim)))
    steps = [slice(None, None, step) for step in (*strides, *dilations)]
    return view[(slice(None), slice(None), *steps)]


def spatial(values, axes, default):
    return list(values) if values else [default] * axes


def conv(x, weight, bias=None, *, kernel_shape=(), strides=(), pads=(), dilations=(), group=1):
    axes = x.ndim - 2
    view = windows(padded(x, spatial(pads, 2 * axes, 0)), weight.shape[2:],
                   spatial(strides, axes, 1), spatial(dilations, axes, 1))
    summed = ([1, *range(2 + axes, 2 + 2 * axes)], [1, *range(2, 2 + axes)])
    parts = [np.tensordot(part, kernels, axes=summed)
             for part, kernels in zip(np.split(view, group, axis=1), np.split(weight, group))]
    return biased(np.moveaxis(np.concatenate(parts, axis=-1), -1, 1), bias)


def conv_transpose(x, weight, bias=None, *, kernel_shape=(), strides=(), pads=(), dilations=(), group=1,
                   output_padding=()):
    axes, kernel = x.ndim - 2, weight.shape[2:]
    strides, dilations = spatial(strides, axes, 1), spatial(dilations, axes, 1)
    extra, pads = spatial(output_padding, axes, 0), spatial(pads, 2 * axes, 0)
    size = [(n - 1) * s + (k - 1) * d + 1 + e
            for n, s, k, d, e in zip(x.shape[2:], strides, kernel, dilations, extra)]
    y = np.zeros((len(x), weight.shape[1] * group, *size), x.dtype)
    for place in np.ndindex(*kernel):  # each element of the kernel spreads the whole image
        target = [slice(at * d, at * d + (n - 1) * s + 1, s)
                  for at, n, s, d in zip(place, x.shape[2:], strides, dilations)]
        parts = [np.tensordot(part, kernels[(..., *place)], axes=([1], [0]))
                 for part, kernels in zip(np.split(x, group, axis=1), np.split(weight, group))]
        y[(slice(None), slice(None), *target)] += np.moveaxis(np.concatenate(parts, axis=-1), -1, 1)
    inner = [slice(pads[i], size[i] - pads[axes + i]) for i in range(axes)]
    return biased(y[(slice(None), slice(None), *inner)], bias)


def biased(x, bias):
    return x if bias is None else x + per_channel(bias, x)


def per_channel(values, x):
    """`[C]` so that it meets the second axis of `x`."""
    return values.reshape(-1, *[1] * (x.ndim - 2))


def max_pool(x, *, kernel_shape, strides=(), pads=(), dilations=()):
    axes = len(kernel_shape)
    x = padded(x, spatial(pads, 2 * axes, 0), -np.inf)
    view = windows(x, kernel_shape, spatial(strides, axes, 1), spatial(dilations, axes, 1))
    return view.max(axis=tuple(range(-axes, 0)))


def average_pool(x, *, kernel_shape, strides=(), pads=(), dilations=(), count_include_pad=0):
    axes = len(kernel_shape)
    pads, form = spatial(pads, 2 * axes, 0), (spatial(strides, axes, 1), spatial(dilations, axes, 1))
    counted = padded(np.ones_like(x), pads, 1 if count_include_pad else 0)
    inner = tuple(range(-axes, 0))
    total = windows(padded(x, pads), kernel_shape, *form).sum(axis=inner)
    return total / windows(counted, kernel_shape, *form).sum(axis=inner)


def normalized(x, axes, epsilon):
    centred = x - x.mean(axis=axes, keepdims=True)
    return centred / np.sqrt(np.square(centred).mean(axis=axes, keepdims=True) + np.float32(epsilon))


def batch_normalization(x, scale, bias, mean, variance, *, epsilon=1e-5, momentum=0.9):
    factor = scale / np.sqrt(variance + np.float32(epsilon))
    return (x - per_channel(mean, x)) * per_channel(factor, x) + per_channel(bias, x)


def group_normalization(x, scale, bias, *, num_groups, epsilon=1e-5):
    grouped = normalized(x.reshape(len(x), num_groups, -1), 2, epsilon).reshape(x.shape)
    return grouped * per_channel(scale, x) + per_channel(bias, x)


def layer_normalization(x, scale, bias=0, *, axis=-1, epsilon=1e-5):
    return normalized(x, tuple(range(axis % x.ndim, x.ndim)), epsilon) * scale + bias


def softmax(x, *, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(x, *, axis=-1):
    shifted = x - x.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def reduction(function):
    def reduce(x, axes=None, *, keepdims=1, noop_with_empty_axes=0):
        if axes is None or axes.size == 0:
            return x if noop_with_empty_axes else function(x, axis=None, keepdims=bool(keepdims))
        return function(x, axis=tuple(int(axis) for axis in axes), keepdims=bool(keepdims))
    return reduce


def choice(function):
    def choose(x, *, axis=0, keepdims=1, select_last_index=0):
        if select_last_index:
            raise ValueError("select_last_index is not known here")
        place = function(x, axis=axis)
        return np.expand_dims(place, axis) if keepdims else place
    return choose


def split(x, lengths=None, *, axis=0, num_outputs=None):
    if lengths is None:
        each = -(-x.shape[axis] // num_outputs)
        lengths = [each] * (num_outputs - 1)
    return tuple(np.split(x, np.cumsum(lengths)[:None if num_outputs else -1], axis=axis))


def unsqueeze(x, axes):
    return np.expand_dims(x, tuple(int(axis) for axis in axes))


def squeeze(x, axes=None):
    return np.squeeze(x, None if axes is None else tuple(int(axis) for axis in axes))


def gather(x, indices, *, axis=0):
    return np.take(x, indices, axis=axis)


def one_hot(indices, depth, values, *, axis=-1):
    depth, indices = int(np.ravel(depth)[0]), np.asarray(indices).astype(np.int64)
    indices = np.expand_dims(np.where(indices < 0, indices + depth, indices), axis)
    places = np.arange(depth).reshape([-1 if i == axis % indices.ndim else 1 for i in range(indices.ndim)])
    return np.where(indices == places, values[1], values[0])


def pad(x, pads, value=None, axes=None, *, mode="constant"):
    axes = [int(axis) % x.ndim for axis in axes] if axes is not None else range(x.ndim)
    widths = [(0, 0)] * x.ndim
    for place, axis in enumerate(axes):
        widths[axis] = (int(pads[place]), int(pads[place + len(axes)]))
    if min(min(width) for width in widths) < 0:
        raise ValueError("negative pads are not known here")
    settings = {"constant_values": 0 if value is None else value} if mode == "constant" else {}
    return np.pad(x, widths, mode=mode, **settings)


def slice_(x, starts, ends, axes=None, steps=None):
    axes = range(len(starts)) if axes is None else axes
    steps = [1] * len(starts) if steps is None else steps
    places = [slice(None)] * x.ndim
    for start, end, axis, step in zip(starts, ends, axes, steps):
        places[int(axis)] = slice(int(start), int(end), int(step))
    return x[tuple(places)]


def resize(x, roi=None, scales=None, sizes=None, *, mode="nearest", nearest_mode="round_prefer_floor",
           coordinate_transformation_mode="half_pixel", axes=None):
    axes = range(x.ndim) if axes is None else axes
    if sizes is None:
        sizes = [math.floor(x.shape[axis] * scale) for axis, scale in zip(axes, scales)]
    for axis, size in zip(axes, (int(size) for size in sizes)):
        count, place = x.shape[axis], np.arange(size)
        if size == count:
            continue
        place = {
            "half_pixel": lambda: (place + 0.5) * count / size - 0.5,
            "asymmetric": lambda: place * count / size,
            "align_corners": lambda: place * (count - 1) / max(size - 1, 1),
        }[coordinate_transformation_mode]()
        if mode == "nearest":
            rounded = {"floor": np.floor, "ceil": np.ceil, "round_prefer_floor": lambda v: np.ceil(v - 0.5),
                       "round_prefer_ceil": lambda v: np.floor(v + 0.5)}[nearest_mode](place)
            x = np.take(x, np.clip(rounded, 0, count - 1).astype(int), axis=axis)
        elif mode == "linear":
            place = np.clip(place, 0, count - 1)
            low = np.floor(place).astype(int)
            share = (place - low).astype(x.dtype).reshape([-1 if i == axis else 1 for i in range(x.ndim)])
            high = np.minimum(low + 1, count - 1)
            x = np.take(x, low, axis=axis) * (1 - share) + np.take(x, high, axis=axis) * share
        else:
            raise ValueError(f"the mode {mode} is not known here")
    return x


def reshape(x, shape, *, allowzero=0):
    extents = [x.shape[i] if n == 0 and not allowzero else int(n) for i, n in enumerate(shape)]
    return x.reshape(extents)


def expand(x, shape):
    return np.broadcast_to(x, np.broadcast_shapes(x.shape, tuple(int(n) for n in shape)))


def transpose(x, *, perm=None):
    return np.transpose(x, perm)


def shape(x, *, start=0, end=None):
    return np.array(x.shape[start:end], np.int64)


def recurrence(x, lengths, direction, states, step):
    """Runs `step(x, states)` along the first axis of `x [T, B, F]`; beyond its length a row keeps its states.

    Returns all first states `[T, 1, B, H]` and the last of each, `[1, B, H]`.
    """
    count, batch = x.shape[:2]
    lengths = np.full(batch, count) if lengths is None else lengths.astype(int)
    times = np.arange(count)[:, None]
    if direction == "reverse":  # each row from its own last step on; the same order puts the results back
        order = np.where(times < lengths, lengths - 1 - times, times)[:, :, None]
        x = np.take_along_axis(x, order, axis=0)
    elif direction != "forward":
        raise ValueError(f"the direction {direction} is not known here")
    outputs = np.zeros((count, *states[0].shape), x.dtype)
    for time in range(count):
        is_alive = (time < lengths)[:, None]
        states = [np.where(is_alive, new, old) for new, old in zip(step(x[time], states), states)]
        outputs[time] = np.where(is_alive, states[0], 0)
    if direction == "reverse":
        outputs = np.take_along_axis(outputs, order, axis=0)
    return (outputs[:, None], *(state[None] for state in states))


def first_states(x, size, *given):
    return [np.zeros((x.shape[1], size), x.dtype) if state is None else state[0] for state in given]


def gru(x, w, r, b=None, lengths=None, initial=None, *, hidden_size, linear_before_reset=0,
        direction="forward"):
    of_input, of_state = np.split(np.zeros(6 * hidden_size, x.dtype) if b is None else b[0], 2)

    def step(x, states):
        h, = states
        xz, xr, xn = np.split(x @ w[0].T + of_input, 3, axis=1)
        hz, hr, hn = np.split(h @ r[0].T + of_state, 3, axis=1)
        z, reset = sigmoid(xz + hz), sigmoid(xr + hr)
        if not linear_before_reset:
            hn = (reset * h) @ r[0][2 * hidden_size:].T + of_state[2 * hidden_size:]
        n = np.tanh(xn + (reset * hn if linear_before_reset else hn))
        return [(1 - z) * n + z * h]

    return recurrence(x, lengths, direction, first_states(x, hidden_size, initial), step)


def lstm(x, w, r, b=None, lengths=None, initial=None, initial_cell=None, *, hidden_size,
         direction="forward"):
    bias = 0 if b is None else sum(np.split(b[0], 2))

    def step(x, states):
        h, cell = states
        i, o, f, g = np.split(x @ w[0].T + h @ r[0].T + bias, 4, axis=1)
        cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(g)
        return [sigmoid(o) * np.tanh(cell), cell]

    return recurrence(x, lengths, direction, first_states(x, hidden_size, initial, initial_cell), step)


OPERATORS = {
    "Add": np.add, "Sub": np.subtract, "Mul": np.multiply, "Neg": np.negative, "Abs": np.abs,
    "Div": lambda a, b: a / b if a.dtype.kind == "f" else np.trunc(a / b).astype(a.dtype),
    "Exp": np.exp, "Log": np.log, "Sqrt": np.sqrt, "Reciprocal": lambda x: 1 / x, "Pow": np.power,
    "Sigmoid": sigmoid, "Tanh": np.tanh, "Softplus": lambda x: np.logaddexp(np.float32(0), x), "Erf": erf,
    "Sin": np.sin, "Cos": np.cos, "Relu": lambda x: np.maximum(x, 0), "Sign": np.sign,
    "Max": lambda *x: np.maximum.reduce(np.broadcast_arrays(*x)),
    "Min": lambda *x: np.minimum.reduce(np.broadcast_arrays(*x)),
    "Greater": np.greater, "Less": np.less, "Equal": np.equal, "GreaterOrEqual": np.greater_equal,
    "LessOrEqual": np.less_equal, "Not": np.logical_not, "And": np.logical_and, "Or": np.logical_or,
    "Where": np.where, "Cast": cast, "Identity": lambda x: x, "Gemm": gemm, "MatMul": np.matmul,
    "Conv": conv, "ConvTranspose": conv_transpose, "BatchNormalization": batch_normalization,
    "GroupNormalization": group_normalization, "LayerNormalization": layer_normalization,
    "MaxPool": max_pool, "AveragePool": average_pool, "Softmax": softmax, "LogSoftmax": log_softmax,
    "ReduceSum": reduction(np.sum), "ReduceMean": reduction(np.mean), "ReduceMax": reduction(np.max),
    "ReduceMin": reduction(np.min), "ReduceProd": reduction(np.prod),
    "ArgMax": choice(np.argmax), "ArgMin": choice(np.argmin),
    "Concat": lambda *x, axis: np.concatenate(x, axis=axis), "Split": split, "Squeeze": squeeze,
    "Unsqueeze": unsqueeze, "Gather": gather, "OneHot": one_hot, "Pad": pad, "Slice": slice_,
    "Resize": resize, "Reshape": reshape, "Expand": expand, "Transpose": transpose, "Shape": shape,
    "GRU": gru, "LSTM": lstm,
}


# --------------------------------------------------------------------------------------------------- Command line


def arguments():
    parser = argparse.ArgumentParser(
        description="Open LatentZoo checkpoints with numpy and h5py alone. Arrays are .npy files in model units.")
    parser.add_argument("--zoo", help="folder of models, looked in first")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="list the models of all zoo folders")
    for name, help_text in [("info", "print what is known about a model"),
                            ("verify", "compare everything with its checksum")]:
        commands.add_parser(name, help=help_text).add_argument("name")
    for name, help_text in [("encode", "data to codes"), ("decode", "codes to data"),
                            ("reconstruct", "data through code and back"), ("sample", "draw new data")]:
        command = commands.add_parser(name, help=help_text)
        command.add_argument("name")
        if name == "sample":
            command.add_argument("--count", type=int, default=64)
            command.add_argument("--seed", type=int, default=1)
            command.add_argument("--label", help="class to sample, a name or a number")
        else:
            command.add_argument("file", help=".npy file of codes or examples")
            if name != "decode":
                command.add_argument("--labels", help=".npy file with the class of each example")
        command.add_argument("-o", "--out", required=True, help=".npy file to write")
    return parser.parse_args()


def run(options):
    if options.command == "list":
        for folder in zoo_folders(options.zoo):
            for entry in list_zoo(folder):
                about = entry.get("error") or (
                    f"{entry['family']}, latent size {entry['latent_size']}, "
                    f"{entry['parameter_count']:,} parameters")
                print(f"{entry['name']:32} {about}")
        return
    path = find(options.name, options.zoo)
    if options.command == "verify":
        print(f"{path}: {verify(path)} datasets are as they were written")
        return
    model = load(path)
    if options.command == "info":
        print(json.dumps(model.record, indent=2, ensure_ascii=False))
        return
    if options.command == "sample":
        result = model.sample(options.count, options.label, options.seed)
    elif options.command == "decode":
        result = model.decode(np.load(options.file))
    else:
        labels = np.load(options.labels) if options.labels else None
        result = getattr(model, options.command)(np.load(options.file), labels)
    np.save(options.out, result)
    print(f"wrote {list(result.shape)} to {options.out}")


if __name__ == "__main__":
    try:
        run(arguments())
    except (CheckpointError, OSError) as error:
        sys.exit(f"latentzoo.py: error: {error}")
