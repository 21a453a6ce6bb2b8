#!/usr/bin/env python3
"""Makes the golden files of a format version: small checkpoints and what they gave when they were written.

    python3 Scripts/make_golden.py .build/release/latentzoo Tests/FamilyTests/Golden/1.0

Files of a published version are never made anew: a test holds every later release to them. Run this once, with the
first commit that writes the version.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np

SENTENCES = """The dog ran home. The cat sat on the mat. A bird sang in the tree. The dog saw the cat.
The cat ran up the tree. The bird flew away. The dog went home again. The cat sat down and slept.
"""

#: Name, family and settings: networks of every kind, small; one keeps its training state.
MODELS = [
    ("vae", "vae --data digits --set hiddenSizes=[16] --set latentSize=4 --weights-only"),
    ("conv-ae", "conv-ae --data digits --set latentSize=4 --set channels=[4,8] --set normalization=batch "
                "--weights-only"),
    ("seq-ae", "seq-ae --data text:SENTENCES --set latentSize=4 --set hiddenSize=8 --set decoderSize=8 "
               "--set embeddingSize=6 --weights-only"),
    ("aae", "aae --data digits --set hiddenSizes=[8] --set discriminatorSizes=[8] --set latentSize=2"),
    ("pca", "pca --data digits --set latentSize=4"),
]


def run(binary, *arguments):
    done = subprocess.run([binary, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)}\n{done.stderr}")


def examples_of(record, random):
    """Three examples in the model's units."""
    data = record["specification"]["data"]
    shape = (3, *data["shape"])
    if data["vocabularySize"] > 0:
        tokens = random.integers(3, data["vocabularySize"], size=shape)
        tokens[:, -2:] = 0
        tokens[:, -3] = 1
        return tokens.astype(np.float32)
    return random.random(shape, dtype=np.float32).round(3)


def expectation(binary, path, folder):
    """What a checkpoint gives: examples, their codes, and data decoded from those."""
    with h5py.File(path) as file:
        record = json.loads(file["record"][()])
        digest = file.attrs["sha256"]
    examples = examples_of(record, np.random.default_rng(7))
    source = folder / "examples.npy"
    np.save(source, examples)
    codes, decoded = folder / "codes.npy", folder / "decoded.npy"
    run(binary, "encode", str(path), "--data", str(source), "--out", str(codes))
    run(binary, "decode", str(path), str(codes), "--out", str(decoded))

    def numbers(array):
        return [float(value) for value in np.asarray(array, dtype=np.float32).ravel()]

    return {
        "family": record["specification"]["family"], "sha256": digest,
        "examples": numbers(examples),
        "codes": numbers(np.load(codes)), "decoded": numbers(np.load(decoded)),
    }


def main():
    binary, target = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    if target.exists():
        raise SystemExit(f"{target} exists: golden files are made once")
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        sentences = folder / "sentences.txt"
        sentences.write_text(SENTENCES)
        for name, arguments in MODELS:
            filled = arguments.replace("SENTENCES", str(sentences)).split()
            run(binary, "train", *filled, "--name", name, "--zoo", str(target), "--epochs", "3",
                "--seed", "1", "--threads", "1", "--licence", "CC0-1.0", "--quiet")
            path = target / f"{name}.h5"
            known = expectation(binary, path, folder)
            (target / f"{name}.json").write_text(json.dumps(known) + "\n")
            print(f"{name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
