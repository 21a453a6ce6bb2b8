"""Runs a small model of every family in all tools that take our files, and compares the numbers.

    python3 Scripts/compare_exchange.py .build/release/latentzoo

Swift computes codes and decoded data; then the reader in checkpoints/readers, ONNX Runtime (from whole .onnx files and from tiny
ones whose weights stay in the checkpoint), PyTorch (through safetensors, in modules of its own, and back through `import`)
and Keras do. Ends with status 1 when a relative difference exceeds 1e-5.

Packages are installed from PyPI into a virtual environment outside the repository (--venv). What cannot be installed is
said and skipped.
"""

import argparse
import collections
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = {  # what is imported, and what brings it
    "numpy": ["numpy"], "h5py": ["h5py"], "onnxruntime": ["onnxruntime"], "safetensors": ["safetensors"],
    "torch": ["torch"], "keras": ["keras"],
}
TOLERANCE = 1e-5

DENSE = ["hiddenSizes=[12]", "latentSize=3"]
CRITIC = ["discriminatorSizes=[8]"]
RECURRENT = ["hiddenSize=8", "decoderSize=10"]
ACTIVATIONS = "relu leakyRelu elu selu gelu silu softplus tanh sigmoid identity".split()
# What is tried on every backbone beside the dense one.
FAMILIES = [
    ("ae", ["latentSize=3"]),
    ("vae", ["latentSize=3"]),
    ("vae", ["latentSize=3", "likelihood=gaussian", "variance=perElement"]),
    ("cvae", ["styleSize=3"]),
    ("cvae", ["styleSize=3", "predictsLabels=true"]),
    ("gaussian-aae", ["latentSize=3", *CRITIC]),
    ("aae-semi-supervised", ["styleSize=2", *CRITIC]),
]
NETWORKS = {"conv": ["channels=[4,6]"], "residual": ["channels=[4,6]"], "linear": []}
# Family or preset, backbone, settings, data.
MODELS = [("ae", "dense", [*DENSE, f"activation={name}"], "digits") for name in ACTIVATIONS] + [
    ("ae", "dense", [*DENSE, "tiedWeights=true", "codeActivation=sigmoid"], "digits"),
    ("vae", "dense", DENSE, "digits"),
    ("vae", "dense", [*DENSE, "likelihood=gaussian", "variance=perElement"], "digits"),
    ("sigma-vae", "dense", DENSE, "digits"),
    ("cvae", "dense", ["hiddenSizes=[12]", "styleSize=3"], "digits"),
    ("cvae", "dense", ["hiddenSizes=[12]", "styleSize=3", "predictsLabels=true"], "digits"),
    ("aae", "dense", [*DENSE, *CRITIC, "prior=uniform", "posterior=gaussian"], "digits"),
    ("aae-mixture", "dense", ["hiddenSizes=[12]", *CRITIC], "digits"),
    ("aae-swiss-roll", "dense", ["hiddenSizes=[12]", *CRITIC], "digits"),
    ("aae-semi-supervised", "dense", ["hiddenSizes=[12]", "styleSize=2", *CRITIC], "digits"),
    *[("ae", backbone, ["latentSize=3", "channels=[4,6]", f"normalization={kind}"], "digits")
      for kind in ("none", "batch", "group") for backbone in ("conv", "residual")],
    *[("conv-vae", "conv", ["latentSize=3", f"channels={channels}", f"kernelSize={size}"], "digits")
      for size, channels in ((2, "[4,6]"), (3, "[4,6]"), (4, "[4,6]"), (5, "[4,6,5]"))],
    *[("ae", backbone, ["code=spatial", "codeChannels=2", "channels=[4]"], "digits")
      for backbone in ("conv", "residual")],
    ("cvae", "conv", ["styleSize=3", "channels=[4]", "activation=gelu"], "digits"),
    *[(family, backbone, [*settings, *NETWORKS[backbone]], "digits")
      for family, settings in FAMILIES for backbone in ("conv", "residual", "linear")],
    ("ae", "residual", ["channels=[4,4,4]", "blockCount=6"], "digits"),  # its JSON has more than 64 KiB
    ("pca", "linear", ["latentSize=3"], "digits"),
    ("pca", "linear", ["latentSize=3", "whitens=true"], "digits"),
    ("factor-analysis", "linear", ["latentSize=3"], "digits"),
    ("ae", "linear", ["latentSize=3"], "digits"),
    ("ae", "dense", [*DENSE, "loss=squaredError", "outputActivation=identity"], "vectors"),
    ("seq-ae", "recurrent", [*RECURRENT, "latentSize=3"], "sentences"),
    ("seq-ae", "recurrent", [*RECURRENT, "latentSize=3", "cell=lstm", "layerCount=2"], "sentences"),
    ("seq-ae", "recurrent", [*RECURRENT, "latentSize=3", "cell=layerNormGRU", "direction=bi"], "sentences"),
    ("seq-ae", "recurrent", [*RECURRENT, "latentSize=3", 'pooling=["mean"]', "cell=lstm"], "series"),
    ("ae", "recurrent", [*RECURRENT, "latentSize=3", "loss=squaredError", "outputActivation=identity",
                         "direction=bi", "layerCount=2"], "series"),
    ("skip-thought", "recurrent", [*RECURRENT, "embeddingSize=7", "hasShortcut=true"], "sentences"),
    ("skip-thought", "recurrent", [*RECURRENT, "direction=combine", 'pooling=["max","last"]'], "sentences"),
    ("quick-thought", "recurrent", [*RECURRENT, "direction=bi"], "sentences"),
]


def installed(name):
    return importlib.util.find_spec(name) is not None


def enter_environment(folder, installs):
    """Makes a virtual environment, installs what lacks and starts this program anew in it."""
    python = folder / "bin" / "python"
    if not python.exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True)
        if made.returncode != 0:
            print("SKIPPED: no virtual environment can be made (Debian: python3-venv); nothing is compared with "
                  "other tools", flush=True)
            sys.exit(0)
    for name, packages in PACKAGES.items() if installs else ():
        if subprocess.run([python, "-c", f"import {name}"], capture_output=True).returncode == 0:
            continue
        print(f"installing {name} ...", flush=True)
        result = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "20", *packages])
        if result.returncode != 0:
            print(f"SKIPPED: {name} cannot be installed; nothing is compared with it", flush=True)
    os.environ["LATENTZOO_COMPARING"] = "1"
    os.execv(python, [str(python), *sys.argv])


def difference(found, wanted):
    """The greatest difference in proportion to the greatest value."""
    import numpy as np
    if found.shape != wanted.shape:
        raise SystemExit(f"shapes differ: {found.shape} and {wanted.shape}")
    return float(np.abs(found - wanted).max() / max(np.abs(wanted).max(), 1e-30))


class Comparison:
    """One folder of models, and how far each tool was from Swift."""

    def __init__(self, binary, folder):
        self.binary, self.folder = str(pathlib.Path(binary).resolve()), folder
        self.worst = collections.defaultdict(float)
        self.refused = collections.defaultdict(list)

    def command(self, *arguments, may_fail=False):
        result = subprocess.run([self.binary, *map(str, arguments)], capture_output=True, text=True, cwd=self.folder)
        if result.returncode != 0 and not may_fail:
            raise SystemExit(f"latentzoo {' '.join(map(str, arguments))}: {result.stderr}")
        return result

    def write_data(self):
        import numpy as np
        random, steps = np.random.default_rng(1), np.arange(7)
        waves = np.sin(steps * random.uniform(0.2, 0.8, (60, 1)) + random.uniform(0, 6, (60, 1)))
        np.save(self.folder / "series.npy", waves.astype(np.float32))
        np.save(self.folder / "vectors.npy", random.standard_normal((60, 9)).astype(np.float32))
        words = "the a cat dog sat ran on mat big red fast".split()
        lines = [" ".join(random.choice(words, random.integers(3, 7))).capitalize() + "." for _ in range(60)]
        (self.folder / "sentences.txt").write_text("\n".join(lines))

    def train(self, number, family, backbone, settings, data):
        name = f"{number:02}-{family}-{backbone}"
        source = {"digits": "digits", "sentences": "text:sentences.txt"}.get(data, f"npy:{data}.npy")
        options = [option for setting in settings for option in ("--set", setting)]
        self.command("train", family, "--backbone", backbone, "--data", source, "--zoo", ".", "--name", name,
                     "--epochs", 1, "--batch-size", 100 if data == "digits" else 10, "--quiet", *options)
        return name

    def note(self, tool, part, found, wanted):
        error = difference(found, wanted)
        self.worst[tool] = max(self.worst[tool], error)
        if error > TOLERANCE:
            print(f"  TOO FAR: {tool} {part}: {error:.1e}")

    def compare(self, name):
        import latentzoo
        import numpy as np
        model = latentzoo.load(name, zoo=self.folder)
        random, data = np.random.default_rng(2), model.record["specification"]["data"]
        x = random.random((7, *model.data_shape)).astype(np.float32)
        if data["vocabularySize"]:
            x = random.integers(3, data["vocabularySize"], x.shape)
            for row in x:  # a sentence ends, and what follows is padding
                end = random.integers(2, len(row))
                row[end:] = [1, *[0] * (len(row) - end - 1)]
            x = x.astype(np.float32)
        labels = np.arange(7) % data["classCount"] if model.needs_labels else None
        z = random.standard_normal((7, model.record["latentSize"])).astype(np.float32)
        inputs, wanted = {"encoder": {"x": x}, "decoder": {"z": z}}, {}
        if labels is None:
            wanted["encoder"] = self.swift("encode", name, x)
            self.note("reader", "encoder", model.encode(x), wanted["encoder"])
        else:  # the command takes no labels for bare arrays: the reader stands in
            wanted["encoder"] = model.encode(x, labels)
            inputs["encoder"]["labels"] = labels.astype(np.float32)
        if "encoder_with_labels" in model.functions:
            labels = np.arange(7) % data["classCount"]
            wanted["encoder_with_labels"] = model.encode(x, labels)
            inputs["encoder_with_labels"] = {"x": x, "labels": labels.astype(np.float32)}
        if "decoder" in model.functions:
            wanted["decoder"] = self.swift("decode", name, z)
            self.note("reader", "decoder", model.decode(z), wanted["decoder"])
        for compare in (self.onnx, self.keras, self.torch):
            compare(name, model, inputs, wanted)

    def swift(self, verb, name, array):
        import numpy as np
        np.save(self.folder / "in.npy", array)
        arguments = ["--data", "in.npy"] if verb == "encode" else ["in.npy"]
        self.command(verb, f"./{name}.h5", *arguments, "--out", "out.npy")
        return np.load(self.folder / "out.npy")

    def onnx(self, name, model, inputs, wanted):
        if not installed("onnxruntime"):
            return
        import onnxruntime
        onnxruntime.set_default_logger_severity(3)
        for tool, options in (("ONNX Runtime", ["-o", "onnx/"]), ("ONNX Runtime, external", ["--external"])):
            self.command("export", f"./{name}.h5", "--format", "onnx", *options)
            for part, values in wanted.items():
                path = self.folder / ("onnx" if tool == "ONNX Runtime" else ".") / f"{name}.{part}.onnx"
                session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
                self.note(tool, part, session.run(None, inputs[part])[0], values)

    def keras(self, name, model, inputs, wanted):
        """Each network by itself and both as one; only those that read sequences may be refused."""
        if not installed("keras"):
            return
        os.environ.setdefault("KERAS_BACKEND", next(b for b in ("jax", "torch", "tensorflow") if installed(b)))
        import keras
        networks = {part: (["--part", part], inputs[part], values) for part, values in wanted.items()}
        if "decoder" in wanted:
            networks["autoencoder"] = ([], inputs["encoder"], self.swift("decode", name, wanted["encoder"]))
        for part, (choice, given, values) in networks.items():
            result = self.command("export", f"./{name}.h5", "--format", "keras", *choice, "-o", "model.h5",
                                  "--force", may_fail=True)
            if result.returncode != 0:
                if "cannot be told in layers of Keras" not in result.stderr or "recurrent" not in name:
                    raise SystemExit(result.stderr)
                reason = result.stderr.split("error: ")[1].split(" cannot")[0].split(" of ")[0]
                self.refused[reason].append(f"{name}.{part}")
                continue
            loaded = keras.models.load_model(self.folder / "model.h5", compile=False)
            found = keras.ops.convert_to_numpy(loaded(list(given.values()) if len(given) > 1 else next(iter(given.values()))))
            self.note("Keras", part, found, values)

    def torch(self, name, model, inputs, wanted):
        """A module of PyTorch's own takes the weights, gives the same, and its changed weights come back by import."""
        if not installed("torch") or not installed("safetensors"):
            return
        import torch
        import torch_autoencoders
        from safetensors.torch import load_file, save_file
        module = torch_autoencoders.autoencoder(model.record)
        if module is None:
            return
        self.command("export", f"./{name}.h5", "--format", "safetensors", "-o", "weights.safetensors", "--force")
        module.load_state_dict(load_file(self.folder / "weights.safetensors"), strict=True)
        x, z = torch.from_numpy(inputs["encoder"]["x"]), torch.from_numpy(inputs["decoder"]["z"])
        with torch.no_grad():
            self.note("PyTorch", "encoder", module.encode(x).numpy(), wanted["encoder"])
            self.note("PyTorch", "decoder", module.decode(z).numpy(), wanted["decoder"])
            for parameter in module.parameters():
                parameter.mul_(1.1)
            save_file(module.state_dict(), str(self.folder / "changed.safetensors"))
            self.command("import", "changed.safetensors", "--like", f"./{name}.h5", "--name", "changed", "--zoo",
                         ".", "--force")
            self.note("PyTorch, imported", "encoder", module.encode(x).numpy(),
                      self.swift("encode", "changed", x.numpy()))
            self.note("PyTorch, imported", "decoder", module.decode(z).numpy(),
                      self.swift("decode", "changed", z.numpy()))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("latentzoo", help="the command")
    parser.add_argument("--venv", type=pathlib.Path, help="virtual environment to make or use",
                        default=pathlib.Path(tempfile.gettempdir()) / "latentzoo-exchange-venv")
    parser.add_argument("--no-install", action="store_true", help="use what the environment has")
    options = parser.parse_args()
    if "LATENTZOO_COMPARING" not in os.environ:
        enter_environment(options.venv, not options.no_install)
    sys.path.insert(0, str(ROOT / "checkpoints" / "readers"))
    missing = [name for name in PACKAGES if not installed(name)]
    if {"numpy", "h5py"} & set(missing):
        print("SKIPPED: numpy and h5py are not installed; nothing is compared with other tools", flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(options.latentzoo, pathlib.Path(folder))
        comparison.write_data()
        for number, model in enumerate(MODELS):
            name = comparison.train(number, *model)
            print(name, *model[2], flush=True)
            comparison.compare(name)
    for tool, error in sorted(comparison.worst.items(), key=lambda item: -item[1]):
        print(f"{tool:24} {error:.1e}")
    for operator, names in comparison.refused.items():
        print(f"Keras has no layer for {operator} in " + ", ".join(names))
    for name in missing:
        print(f"SKIPPED: {name} is not installed; nothing was compared with it")
    if max(comparison.worst.values()) > TOLERANCE:
        raise SystemExit(f"some results differ by more than {TOLERANCE}")


if __name__ == "__main__":
    main()
