"""How much a busy neighbour slows a training step.

    swift build -c release --product step-benchmark
    python3 Benchmarks/busy_neighbour.py --data BATCHES.npy

Times the steps of one case alone and beside processes that keep every core busy, in turn, and prints the ratio of the
medians. With as many busy processes as cores nothing can be faster than about twice the time alone: the neighbours get
half of every core. BATCHES.npy is what `compare_steps.py --keep-data DIR` writes for the case, [batches, B, ...].
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Peer:
    def __init__(self, options):
        self.process = subprocess.Popen(
            [options.step_benchmark, "--case", options.case, "--data", options.data,
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
    parser.add_argument("--data", required=True, help="batches of the case, .npy")
    parser.add_argument("--case", default="dense-vae")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="length of a measurement")
    parser.add_argument("--threads", type=int, default=cores)
    parser.add_argument("--neighbours", type=int, default=cores, help="busy processes")
    parser.add_argument(
        "--step-benchmark", default=str(ROOT / ".build" / "release" / "step-benchmark"))
    options = parser.parse_args()
    peer = Peer(options)
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
