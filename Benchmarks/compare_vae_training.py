"""Wall time of the same training, ours and PyTorch's, in turn on one machine.

    python3 -m venv ~/torch && ~/torch/bin/pip install torch
    swift build -c release --product latentzoo
    ~/torch/bin/python Benchmarks/compare_vae_training.py --data DIR-WITH-MNIST

The VAE 784-400-20 on the 60,000 MNIST training images, batch 128, Adam 1e-3; after each epoch the loss on the
10,000 test images. Every round runs each side once as a whole process, reading the files included; the table has
medians over the rounds, and ratios of ours to each PyTorch mode. PyTorch's own seconds for the loop alone are shown
beside, so that the time to import torch can be told apart. Writes the figures as JSON with --json FILE.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run_ours(options, folder):
    command = [
        options.latentzoo, "train", "vae", "--data", f"idx:{options.data}",
        "--epochs", str(options.epochs), "--batch-size", "128", "--seed", "1",
        "--set", "hiddenSizes=[400]", "--set", "latentSize=20", "--set", "likelihood=bernoulli",
        "--threads", str(options.threads), "--zoo", folder, "--force", "--quiet", "--json",
    ]
    begin = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    report = json.loads(done.stdout)
    return {
        "seconds": seconds, "loop_seconds": sum(epoch["seconds"] for epoch in report["epochs"]),
        "test_loss": report["metrics"][0]["values"]["loss"],
    }


def run_pytorch(options, mode):
    command = [
        sys.executable, str(ROOT / "Benchmarks" / "pytorch_vae.py"), "--data", options.data,
        "--mode", mode, "--epochs", str(options.epochs), "--threads", str(options.threads),
    ]
    begin = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    report = json.loads(done.stdout.splitlines()[-1])
    return {
        "seconds": seconds, "loop_seconds": report["train_seconds"],
        "test_loss": report["test_loss"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=str(ROOT / ".." / "shared" / "data" / "mnist"))
    parser.add_argument("--latentzoo", default=str(ROOT / ".build" / "release" / "latentzoo"))
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--modes", default="example,loader,tensors,fused")
    parser.add_argument("--json", help="write all figures to this file")
    options = parser.parse_args()

    modes = options.modes.split(",")
    rounds = {"latentzoo": []} | {mode: [] for mode in modes}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.rounds):
            rounds["latentzoo"].append(run_ours(options, folder))
            for mode in modes:
                rounds[mode].append(run_pytorch(options, mode))
            print(f"round {number + 1} of {options.rounds} done", file=sys.stderr)

    def median(name, key):
        return statistics.median(run[key] for run in rounds[name])

    print(f"VAE 784-400-20 on MNIST, {options.epochs} epochs, batch 128, {options.threads} threads,"
          f" median of {options.rounds}")
    print(f"{'':22}{'process s':>10}{'loop s':>10}{'test nats':>11}{'ours/theirs':>13}{'loops':>8}")
    ours, loop = median("latentzoo", "seconds"), median("latentzoo", "loop_seconds")
    print(f"{'LatentZoo':22}{ours:10.1f}{loop:10.1f}{median('latentzoo', 'test_loss'):11.2f}")
    for mode in modes:
        seconds, theirs = median(mode, "seconds"), median(mode, "loop_seconds")
        print(f"{'PyTorch ' + mode:22}{seconds:10.1f}{theirs:10.1f}{median(mode, 'test_loss'):11.2f}"
              f"{ours / seconds:13.2f}{loop / theirs:8.2f}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rounds, indent=2) + "\n")


if __name__ == "__main__":
    main()
