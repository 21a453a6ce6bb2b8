"""Time of saving and loading 1 GiB of weights: ours, safetensors' and h5py's, in turn on one machine.

    python3 -m venv ~/peers && ~/peers/bin/pip install torch safetensors h5py numpy psutil
    swift build -c release
    ~/peers/bin/python Benchmarks/checkpoint_io.py --folder /var/tmp

Every sample is a process of its own, which times nothing but the one call; peers take turns, round by round. Files are
in the page cache when they are loaded, as after a download, and both sides are told to have their bytes on the disk
(fsync) before a save counts as done; no earlier file is in the way of either. Before each sample a process touches 3 GiB of
memory and lets go of it, because a virtual machine may get its memory only when it is first touched, at a tenth of the
usual speed. What is compared:

- `load ours`: `Checkpoint.read`, networks built and every byte held against its SHA-256
- `load safetensors`: `safetensors.torch.load_file` and a copy of each tensor into memory of its own, unchecked
- `load safetensors numpy`: `safetensors.numpy.load_file`, whose arrays own their memory
- `save ours`: `Checkpoint.write`, SHA-256 of everything, fsync, rename
- `save h5py`: contiguous float32 datasets, close, fsync

Reported are medians and all samples, with the machine's load before the first.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

LOAD_TORCH = """
import json, sys, time, torch
from safetensors.torch import load_file
start = time.perf_counter()
tensors = {name: tensor.clone() for name, tensor in load_file(sys.argv[1]).items()}
print(json.dumps({"seconds": time.perf_counter() - start, "bytes": sum(t.nbytes for t in tensors.values())}))
"""

LOAD_NUMPY = """
import json, sys, time
from safetensors.numpy import load_file
start = time.perf_counter()
tensors = load_file(sys.argv[1])
print(json.dumps({"seconds": time.perf_counter() - start, "bytes": sum(t.nbytes for t in tensors.values())}))
"""

SAVE_H5PY = """
import json, os, sys, time, h5py, numpy
with h5py.File(sys.argv[1]) as file:
    weights = {}
    file["networks"].visititems(lambda n, item: weights.update({n: item[()]}) if hasattr(item, "dtype") else None)
start = time.perf_counter()
with h5py.File(sys.argv[2], "w") as file:
    for name, value in weights.items():
        file.create_dataset(name, data=value)
with open(sys.argv[2]) as file:
    os.fsync(file.fileno())
print(json.dumps({"seconds": time.perf_counter() - start, "bytes": sum(w.nbytes for w in weights.values())}))
"""

CONVERT = """
import sys, h5py
from safetensors.numpy import save_file
with h5py.File(sys.argv[1]) as file:
    weights = {}
    file["networks"].visititems(
        lambda n, item: weights.update({n.replace("/", "."): item[()]}) if hasattr(item, "dtype") else None)
save_file(weights, sys.argv[2])
"""


TOUCH = "import numpy; numpy.ones(3 << 27)"


def sample(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr.strip()}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ours", default=ROOT / ".build/release/checkpoint-benchmark")
    parser.add_argument("--folder", help="where the files go; needs 4 GiB")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--width", type=int, default=4096, help="width of the layers")
    parser.add_argument("--depth", type=int, default=8, help="layers of the encoder, and of the decoder; by default 1 GiB in 16 weights")
    parser.add_argument("--json", help="file for all samples")
    options = parser.parse_args()
    python = [sys.executable, "-c"]
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        ours, theirs, copy = (f"{folder}/{name}" for name in ("ours.h5", "theirs.safetensors", "copy.h5"))
        save = [options.ours, "save", ours, "--width", options.width, "--depth", options.depth]
        load = os.getloadavg()[0]
        sample(save)
        sample(python + [CONVERT, ours, theirs])
        peers = {
            "load ours": [options.ours, "load", ours],
            "load safetensors": python + [LOAD_TORCH, theirs],
            "load safetensors numpy": python + [LOAD_NUMPY, theirs],
            "save ours": save,
            "save h5py": python + [SAVE_H5PY, ours, copy],
        }
        samples = {name: [] for name in peers}
        for _ in range(options.rounds):
            for name, command in peers.items():
                if name.startswith("save"):
                    pathlib.Path(command[2] if name == "save ours" else copy).unlink(missing_ok=True)
                sample(python + [TOUCH])
                result = sample(command)
                samples[name].append(result["seconds"])
                size = result["bytes"]
                os.sync()
    print(f"{size / 2**30:.2f} GiB of weights, {options.rounds} rounds, load before {load:.1f}")
    for name, seconds in samples.items():
        middle = statistics.median(seconds)
        print(f"{name:24}{middle:8.3f} s {size / middle / 2**30:6.2f} GiB/s   {' '.join(f'{s:.3f}' for s in seconds)}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(samples, indent=2) + "\n")


if __name__ == "__main__":
    main()
