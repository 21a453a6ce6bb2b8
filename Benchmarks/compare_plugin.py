"""Time of the same training, by a family that comes with the command and by one that is loaded at run time.

    swift build -c release --product latentzoo
    python3 Benchmarks/compare_plugin.py

The VAE 784-400-20 on 60,000 MNIST training images, batch 128, Adam; `rebuilt-vae` (Benchmarks/PluginVAE) is compiled and
installed in a temporary folder. The two take turns; the table has the medians of the seconds an epoch takes, without the
first, and their ratio.
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=f"idx:{ROOT / '..' / 'shared' / 'data' / 'mnist'}")
    parser.add_argument("--latentzoo", default=str(ROOT / ".build" / "release" / "latentzoo"))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        def run(*arguments):
            done = subprocess.run(
                [options.latentzoo, *arguments], capture_output=True, text=True,
                env=os.environ | {"LATENTZOO_PLUGINS": f"{folder}/plugins"})
            if done.returncode != 0:
                raise SystemExit(done.stderr)
            return done.stdout

        source = f"{folder}/source"
        subprocess.run(["cp", "-r", str(ROOT / "Benchmarks" / "PluginVAE"), source], check=True)
        run("plugin", "build", source)
        run("plugin", "install", source)

        def seconds(family):
            report = json.loads(run(
                "train", family, "--data", options.data, "--epochs", str(options.epochs),
                "--batch-size", "128", "--seed", "1", "--threads", str(options.threads), "--zoo", folder,
                "--force", "--quiet", "--json"))
            return statistics.median(epoch["seconds"] for epoch in report["epochs"][1:])

        times = {"vae": [], "rebuilt-vae": []}
        for number in range(options.rounds):
            order = list(times) if number % 2 == 0 else list(times)[::-1]
            for family in order:
                times[family].append(seconds(family))
            print(f"round {number + 1} of {options.rounds} done", file=sys.stderr)
        ratios = [ours / built_in for ours, built_in in zip(times["rebuilt-vae"], times["vae"])]
        for family, measured in times.items():
            print(f"{family:12} {statistics.median(measured):.3f} s an epoch "
                  f"({min(measured):.3f} to {max(measured):.3f})")
        print(f"{'ratio':12} {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})")


if __name__ == "__main__":
    main()
