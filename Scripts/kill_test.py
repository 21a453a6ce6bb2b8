"""Kills a training that saves after every epoch, with -9 at random moments; each time the checkpoint must load.

    python3 Scripts/kill_test.py .build/release/latentzoo --kills 50

Needs h5py. Ends with status 1 when a checkpoint was missing, unreadable or incomplete.
"""

import argparse
import pathlib
import random
import subprocess
import tempfile
import time

import h5py
import numpy


def weights(path):
    """Every weight, read with h5py."""
    found = {}
    with h5py.File(path) as file:
        file["networks"].visititems(
            lambda name, item: found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("latentzoo")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)

    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "victim.h5"
        train = [
            options.latentzoo, "train", "ae", "--data", "digits", "--name", "victim", "--zoo", folder, "--force",
            "--epochs", "1000000", "--checkpoint-interval", "0", "--set", "hiddenSizes=[64]", "--quiet",
        ]
        for number in range(options.kills):
            before = path.stat().st_mtime_ns if path.exists() else 0
            process = subprocess.Popen(train, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            # The first save proves that the loop is running; then any moment will do.
            while process.poll() is None and (path.stat().st_mtime_ns if path.exists() else 0) == before:
                time.sleep(0.005)
            time.sleep(random.uniform(0, 0.3))
            if process.poll() is not None:
                raise SystemExit(f"the training ended by itself with status {process.returncode}")
            process.kill()
            process.wait()
            try:
                stored = weights(path)
                if len(stored) != 8 or not all(numpy.isfinite(w).all() for w in stored.values()):
                    raise ValueError(f"{len(stored)} weights")
                subprocess.run(
                    [options.latentzoo, "sample", "victim", "--zoo", folder, "--count", "2", "--quiet",
                     "--out", str(pathlib.Path(folder) / "sample.npy")],
                    check=True, capture_output=True, text=True)
            except (OSError, ValueError, subprocess.CalledProcessError) as error:
                failures += 1
                print(f"kill {number + 1}: {error} {getattr(error, 'stderr', '')}")
        litter = len(list(pathlib.Path(folder).glob(".*.tmp")))
    print(f"{options.kills} kills, {failures} unreadable checkpoints, {litter} abandoned temporary files")
    raise SystemExit(1 if failures else 0)


if __name__ == "__main__":
    main()
