"""Time of the same training, by a family that comes with the command and by one that is loaded at run time.

    swift build -c release --product latentzoo
    python3 Benchmarks/compare_plugin.py

The VAE 784-400-20 on 60,000 MNIST training images, batch 128, Adam; `rebuilt-vae` (Benchmarks/PluginVAE) is compiled and
installed in a temporary folder. The two take turns; the table has the medians of the seconds an epoch takes, without the
first, and of the processor's seconds that the whole training takes, which others on the machine disturb less.
"""

import argparse
import json
import os
import pathlib
import resource
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

        def measure(family):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            report = json.loads(run(
                "train", family, "--data", options.data, "--epochs", str(options.epochs),
                "--batch-size", "128", "--seed", "1", "--threads", str(options.threads), "--zoo", folder,
                "--force", "--quiet", "--json"))
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return {
                "s an epoch": statistics.median(epoch["seconds"] for epoch in report["epochs"][1:]),
                "processor's s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            }

        runs = {"vae": [], "rebuilt-vae": []}
        for number in range(options.rounds):
            for family in list(runs) if number % 2 == 0 else list(runs)[::-1]:
                runs[family].append(measure(family))
            print(f"round {number + 1} of {options.rounds} done", file=sys.stderr)
        for unit in runs["vae"][0]:
            times = {family: [run[unit] for run in measured] for family, measured in runs.items()}
            for family, found in times.items():
                print(f"{family:12} {statistics.median(found):.3f} {unit} ({min(found):.3f} to {max(found):.3f})")
            ratios = [ours / built_in for ours, built_in in zip(times["rebuilt-vae"], times["vae"])]
            print(f"{'ratio':12} {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})")


if __name__ == "__main__":
    main()
