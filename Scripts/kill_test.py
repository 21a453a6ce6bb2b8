"""Kills trainings with -9 at random moments, goes on with --resume, and compares what they end with.

    python3 Scripts/kill_test.py .build/release/latentzoo --kills 200

After each kill the checkpoint must be there, readable and usable, unless nothing had been saved yet; then the training goes
on, and may be killed again. In the end its weights must be, bit for bit, those of a training that nobody killed. Half of the
kills wait for a save to be under way. Needs h5py and numpy. Ends with status 1 when anything failed.
"""

import argparse
import pathlib
import random
import subprocess
import tempfile
import time

import h5py
import numpy

# Each with a state of its own kind; long enough to be saved some dozen times.
COURSES = {
    "vae": "vae --epochs 60 --set hiddenSizes=[64] --schedule cosine --warm-up-steps 20 --clip-norm 1",
    "conv-ae": "conv-ae --epochs 6 --set channels=[8,12] --set normalization=batch --set latentSize=8 --optimizer adamw",
    "aae": "aae --epochs 12 --set hiddenSizes=[64] --set discriminatorSizes=[32] --set latentSize=2 --keep-best",
    "ae": "ae --epochs 80 --set hiddenSizes=[48] --set dropout=0.1 --optimizer sgd --momentum 0.9 --learning-rate 0.1",
}


def weights(path):
    """Every weight, read with h5py."""
    found = {}
    with h5py.File(path) as file:
        file["networks"].visititems(
            lambda name, item: found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    return found


def are_equal(one, other):
    """Whether two sets of weights agree in every bit."""
    return one.keys() == other.keys() and all(
        one[name].shape == other[name].shape and one[name].tobytes() == other[name].tobytes() for name in one)


class KillTest:
    """Trainings in one folder, and what became of them."""

    def __init__(self, latentzoo, folder):
        self.latentzoo = latentzoo
        self.folder = pathlib.Path(folder)
        self.path = self.folder / "victim.h5"
        self.references = {}
        self.kills = self.kills_while_saving = self.resumptions = self.compared = 0
        self.failures = []

    def run(self, arguments):
        """Starts the command; its messages go to a file."""
        messages = open(self.folder / "messages.txt", "w", encoding="utf-8")
        return subprocess.Popen(
            [self.latentzoo, *arguments, "--zoo", str(self.folder), "--quiet"],
            stdout=subprocess.DEVNULL, stderr=messages)

    def training(self, course, name):
        return ["train", *COURSES[course].split(), "--data", "digits", "--name", name, "--threads", "2",
                "--checkpoint-interval", "0.02"]

    def reference(self, course):
        """The weights of a training that nobody kills, and how long it takes."""
        if course not in self.references:
            start = time.monotonic()
            process = self.run(self.training(course, f"reference-{course}"))
            if process.wait() != 0:
                raise SystemExit((self.folder / "messages.txt").read_text(encoding="utf-8"))
            self.references[course] = (
                weights(self.folder / f"reference-{course}.h5"), time.monotonic() - start)
        return self.references[course]

    def temporary_files(self):
        return set(self.folder.glob(".victim*.tmp"))

    def wait_and_kill(self, process, duration):
        """Waits for a random moment; whether the training was still there to be killed."""
        before = self.temporary_files()
        deadline = time.monotonic() + random.uniform(0, duration)
        while time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.002)
        if random.random() < 0.5:
            while process.poll() is None and not self.temporary_files() - before:
                pass
            time.sleep(random.uniform(0, 0.008))
        if process.poll() is not None:
            return False
        process.kill()
        process.wait()
        self.kills += 1
        self.kills_while_saving += bool(self.temporary_files() - before)
        return True

    def check(self, course, expected):
        """Opens what a kill left, with another library and with our own."""
        try:
            stored = weights(self.path)
            if stored.keys() != expected.keys() or not all(numpy.isfinite(w).all() for w in stored.values()):
                raise ValueError(f"holds {len(stored)} weights")
            subprocess.run(
                [self.latentzoo, "sample", "victim", "--zoo", str(self.folder), "--count", "2", "--quiet",
                 "--out", str(self.folder / "sample.npy")], check=True, capture_output=True, text=True)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            self.failures.append(f"kill {self.kills} of {course}: {error} {getattr(error, 'stderr', '')}")

    def chain(self, course, most_kills):
        """One training, killed one to four times on its way."""
        last = min(self.kills + random.randint(1, 4), most_kills)
        expected, duration = self.reference(course)
        for file in self.folder.glob("victim*.h5"):
            file.unlink()
        begin = self.training(course, "victim")
        arguments = begin
        while True:
            process = self.run(arguments)
            if self.kills < last and self.wait_and_kill(process, duration):
                if self.path.exists():
                    self.check(course, expected)
                    arguments = ["train", "--resume", "victim"]
                    self.resumptions += 1
                else:
                    # Nothing was saved yet. A model of best weights may be there already.
                    arguments = begin + ["--force"]
                continue
            if process.wait() != 0:
                text = (self.folder / "messages.txt").read_text(encoding="utf-8")
                self.failures.append(f"{course} ended with status {process.returncode}: {text}")
            elif not are_equal(weights(self.path), expected):
                self.failures.append(f"{course} ended with other weights")
            self.compared += 1
            return


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("latentzoo")
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)

    with tempfile.TemporaryDirectory() as folder:
        test = KillTest(options.latentzoo, folder)
        while test.kills < options.kills:
            test.chain(list(COURSES)[test.compared % len(COURSES)], options.kills)
        litter = len(test.temporary_files())
    for failure in test.failures:
        print(failure)
    print(f"{test.kills} kills ({test.kills_while_saving} while saving), {test.resumptions} resumptions, "
          f"{test.compared} trainings compared with uninterrupted ones, {len(test.failures)} failures, "
          f"{litter} abandoned temporary files")
    raise SystemExit(1 if test.failures else 0)


if __name__ == "__main__":
    main()
