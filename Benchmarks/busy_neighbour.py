"""How much a busy neighbour slows a training step.

    swift build -c release --product step-benchmark
    python3 Benchmarks/busy_neighbour.py --case conv-ae

Times the steps of one case (`cases.py`) alone and beside processes that keep every core busy, in turn, and prints the
ratio of the medians. With as many busy processes as cores it cannot be less than about 2: the neighbours get half of
every core. The data are random numbers. Needs numpy.
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

import numpy

from cases import CASES

ROOT = pathlib.Path(__file__).resolve().parent.parent


def batches(case):
    shape = (4, case.batch, *case.shape)
    random = numpy.random.default_rng(1)
    if case.source == "words":
        return random.integers(0, case.vocabulary, shape).astype(numpy.float32)
    return random.random(shape, dtype=numpy.float32)


class Peer:
    def __init__(self, options, data):
        self.process = subprocess.Popen(
            [options.step_benchmark, "--case", options.case, "--data", data,
             "--threads", str(options.threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ready = json.loads(self.process.stdout.readline())
        if not ready["ready"]:
            sys.exit(ready["reason"])

    def seconds_per_step(self, count):
        self.process.stdin.write(f"run {count}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["seconds"] / count

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def main():
    cores = len(os.sched_getaffinity(0))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--case", default="dense-vae", choices=CASES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="length of a measurement")
    parser.add_argument("--threads", type=int, default=cores)
    parser.add_argument("--neighbours", type=int, default=cores, help="busy processes")
    parser.add_argument(
        "--step-benchmark", default=str(ROOT / ".build" / "release" / "step-benchmark"))
    options = parser.parse_args()
    with tempfile.NamedTemporaryFile(suffix=".npy") as file:
        numpy.save(file, batches(CASES[options.case]))
        file.flush()
        peer = Peer(options, file.name)
    try:
        count = max(1, int(options.seconds / peer.seconds_per_step(20)))
        alone, beside = [], []
        for _ in range(options.rounds):
            alone.append(peer.seconds_per_step(count))
            busy = [
                subprocess.Popen([sys.executable, "-c", "while True: pass"])
                for _ in range(options.neighbours)]
            try:
                time.sleep(0.2)
                beside.append(peer.seconds_per_step(max(1, count // 2)))
            finally:
                for process in busy:
                    process.kill()
                    process.wait()
    finally:
        peer.end()
    first, second = statistics.median(alone), statistics.median(beside)
    print(f"{options.case}, {options.threads} threads, {options.neighbours} busy neighbours, "
          f"median of {options.rounds}")
    print(f"alone  {first * 1e3:8.3f} ms a step ({min(alone) * 1e3:.3f} to {max(alone) * 1e3:.3f})")
    print(f"beside {second * 1e3:8.3f} ms a step ({min(beside) * 1e3:.3f} to {max(beside) * 1e3:.3f})")
    print(f"ratio  {second / first:8.2f}")


if __name__ == "__main__":
    main()
