"""Time of training steps: ours, PyTorch's and JAX's, in turn on one machine.

    python3 -m venv ~/peers && ~/peers/bin/pip install torch jax numpy h5py
    swift build -c release
    ~/peers/bin/python Benchmarks/compare_steps.py --mnist DIR-WITH-MNIST

For each case (`cases.py` has the sizes) all peers are started and warmed up; then, round by round and in rotating
order, each takes as many steps as last about --seconds. All get the same data, processors and environment. Reported
are medians over the rounds; ratios of ours to theirs (below 1 ours is faster); the share of the peak, which is the
floating-point operations of a step over its time, relative to the best rate of matrix products seen on this machine,
by our engine or by PyTorch. A sample during which other processes used more than a tenth of the processors is
repeated, and left out where a round stays disturbed and others do not. A peer whose loss strays from the
others' after the same number of steps is pointed out: its time does not count.

The case `start` is the wall time of whole processes that load a small VAE's checkpoint and encode 1000 examples.

Peers: `ours`, `pytorch:eager`, `pytorch:fused`, `pytorch:compile`, `jax:jit`. PyTorch's matrix products come from MKL,
which takes a slow path on processors that are not Intel's. `+intel` after a PyTorch mode, as in `pytorch:fused+intel`,
preloads a function that tells MKL otherwise (needs cc): not how PyTorch is used, but what it could do.

A peer whose library is not installed is skipped with a line that says so. --json FILE has every sample.
"""

import argparse
import gzip
import json
import os
import pathlib
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time

try:
    import numpy
except ImportError:
    sys.exit("numpy is not installed: pip install numpy")

from cases import BATCHES, CASES

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
DISTURBED = 0.1  # share of the processors that others may use during a sample
TRIES = 3  # of a disturbed sample
# How far a loss may be from PyTorch's. Seeds alone move the loss of untrained networks widely.
TRAINED_TOLERANCE, UNTRAINED_TOLERANCE = 0.15, 0.6


class PeerFailure(Exception):
    """A peer cannot be measured; the message is one sentence."""


# Data


def mnist_images(folder, count):
    path = folder / "train-images-idx3-ubyte.gz"
    with gzip.open(path) as file:
        file.read(16)
        pixels = numpy.frombuffer(file.read(count * 784), numpy.uint8)
    return pixels.reshape(count, 784).astype(numpy.float32) / 255


def smooth_images(random, count, channels, size):
    """Colours at 8 x 8 points, interpolated linearly."""
    points = random.random((count, channels, 8, 8), numpy.float32)
    place = numpy.linspace(0, 7, size, dtype=numpy.float32)
    weights = numpy.maximum(0, 1 - numpy.abs(place[:, None] - numpy.arange(8, dtype=numpy.float32)))
    return weights @ points @ weights.T


def write_batches(path, case, mnist):
    """Writes the case's data as [batches, batch, ...], and returns what it is in words."""
    random = numpy.random.default_rng(1)
    count, shape = BATCHES * case.batch, (BATCHES, case.batch, *case.shape)
    if case.source == "words":
        data, words = random.integers(0, case.vocabulary, shape), "random words"
    elif case.source == "smooth":
        data, words = smooth_images(random, count, case.shape[0], case.shape[1]), "smooth random images"
    elif (mnist / "train-images-idx3-ubyte.gz").exists():
        data, words = mnist_images(mnist, count), "MNIST"
    else:
        data, words = random.random(shape), f"random numbers (no MNIST in {mnist})"
    numpy.save(path, data.astype(numpy.float32).reshape(shape))
    return words


# Processes


def peer_environment(threads):
    """For every library at its best: freed pages are kept, huge pages used, and threads that wait soon sleep."""
    environment = os.environ | {
        "OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads),
        "MALLOC_TRIM_THRESHOLD_": str(2**34), "MALLOC_TOP_PAD_": str(2**28),
        "MALLOC_MMAP_THRESHOLD_": str(2**34), "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
        "JAX_PLATFORMS": "cpu", "TF_CPP_MIN_LOG_LEVEL": "2",
    }
    # libgomp's own default spins for some milliseconds: longer burns the processors of the next peer, and not at all
    # slows PyTorch.
    for setting in ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT"):
        environment.pop(setting, None)
    return environment


def disguise(folder):
    """A library to preload which tells MKL that the processor is Intel's."""
    library = folder / "intel.so"
    source = folder / "intel.c"
    source.write_text("int mkl_serv_intel_cpu_true(void) { return 1; }\n")
    try:
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise PeerFailure(f"cannot be built for MKL: {error}") from error
    return str(library)


def command_of(peer, options):
    """The command of a peer such as `pytorch:fused+intel`, without the arguments of the case; and its mode."""
    library, _, mode = peer.partition(":")
    mode = mode.removesuffix("+intel")
    if library == "ours":
        return [options.latentzoo], mode or "default"
    script = {"pytorch": "pytorch_steps.py", "jax": "jax_steps.py"}.get(library)
    if script is None:
        raise PeerFailure("is not known; the peers are ours, pytorch:MODE and jax:MODE")
    return [sys.executable, str(HERE / script)], mode


class Peer:
    """A running peer process."""

    def __init__(self, name, case, data, options, folder):
        self.name, self.timeout = name, options.timeout
        command, mode = command_of(name, options)
        environment = peer_environment(options.threads)
        if name.endswith("+intel"):
            environment["LD_PRELOAD"] = disguise(folder)
        self.errors = folder / f"{case}-{name.replace(':', '-')}.log"
        try:
            with open(self.errors, "w") as errors:
                self.process = subprocess.Popen(
                    [*command, "--case", case, "--mode", mode, "--threads", str(options.threads), "--data", data],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
        except OSError as error:
            raise PeerFailure(f"cannot be started: {error}") from error
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def reply(self):
        try:
            line = self.lines.get(timeout=self.timeout)
        except queue.Empty:
            raise PeerFailure(f"did not answer within {self.timeout:.0f} s (--timeout)") from None
        if line is None:
            log = self.errors.read_text().strip().splitlines()
            raise PeerFailure(f"ended with status {self.process.wait()}: {log[-1] if log else 'no message'}")
        try:
            return json.loads(line)
        except json.JSONDecodeError:
            raise PeerFailure(f"answered {line.strip()!r} instead of JSON") from None

    def ready(self):
        reply = self.reply()
        if not reply["ready"]:
            raise PeerFailure(reply["reason"])
        return reply

    def run(self, steps):
        try:
            self.process.stdin.write(f"run {steps}\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # reply() tells how it ended
        return self.reply()

    def processor_seconds(self):
        """User and system time that the process used so far."""
        try:
            fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def busy_seconds(processors):
    """Time that the processors spent on anything but idling so far, time taken by other virtual machines included."""
    total = 0
    for line in pathlib.Path("/proc/stat").read_text().splitlines():
        name, *fields = line.split()
        if name.startswith("cpu") and name[3:].isdigit() and int(name[3:]) in processors:
            user, nice, system, _, _, interrupts, soft_interrupts, steal = map(int, fields[:8])
            total += user + nice + system + interrupts + soft_interrupts + steal
    return total / os.sysconf("SC_CLK_TCK")


# Measuring


def sample(peer, steps, processors):
    """One measurement, repeated while others disturb it: seconds per step, share of the others, last loss."""
    best = None
    for _ in range(TRIES):
        begin, busy, own = time.perf_counter(), busy_seconds(processors), peer.processor_seconds()
        reply = peer.run(steps)
        elapsed = time.perf_counter() - begin
        others = (busy_seconds(processors) - busy) - (peer.processor_seconds() - own)
        share = max(0.0, others / (elapsed * len(processors)))
        taken = {"seconds": reply["seconds"] / reply["steps"], "steps": reply["steps"], "others": share,
                 "loss": reply["loss"]}
        if best is None or share < best["others"]:
            best = taken
        if share <= DISTURBED:
            break
    return best


def steps_lasting(peer, seconds):
    steps = 1
    while True:
        taken = peer.run(steps)["seconds"]
        if taken >= seconds / 10 or steps >= 100_000:
            return max(1, round(seconds / max(taken / steps, 1e-9)))
        steps *= 4


def measure_case(name, options, folder):
    """Starts the case's peers, measures them in turn and ends them; returns what was found, by peer."""
    case = CASES[name]
    data = folder / f"{name}.npy"
    source = write_batches(data, case, options.mnist)
    print(f"\n{name}: {case.title}, batch {case.batch}, {source}")
    found, running = {}, {}

    def drop(peer, error):
        print(f"  {peer}: left out, {error}")
        found.pop(peer, None)

    try:
        for peer in options.peers:
            # One after another: two libraries warming up at once hinder each other.
            try:
                running[peer] = Peer(peer, name, str(data), options, folder)
                found[peer] = {"ready": running[peer].ready(), "samples": []}
                found[peer]["steps"] = steps_lasting(running[peer], options.seconds)
            except PeerFailure as error:
                drop(peer, error)
        for number in range(options.rounds):
            order = list(found)
            turn = number % max(1, len(order))
            for peer in order[turn:] + order[:turn]:
                time.sleep(0.05)  # the one before goes to sleep
                try:
                    found[peer]["samples"].append(sample(running[peer], found[peer]["steps"], options.processors))
                except PeerFailure as error:
                    drop(peer, error)
            print(f"{name}: round {number + 1} of {options.rounds} done", file=sys.stderr)
    finally:
        for peer in running.values():
            peer.stop()
    data.unlink()
    for result in found.values():
        samples = result["samples"]
        quiet = [s for s in samples if s["others"] <= DISTURBED]
        result["quiet"] = len(quiet)
        seconds = [s["seconds"] for s in quiet or samples]
        result |= {"median": statistics.median(seconds), "least": min(seconds), "most": max(seconds)}
    return {"title": case.title, "data": source, "is_training": not name.startswith("encode-"), "peers": found}


def report_case(found, peak, options):
    results = found["peers"]
    if not results:
        print("  nothing was measured")
        return
    ours = results.get("ours")
    flops = ours and ours["ready"].get("flops_per_step")
    print(f"  {'':24}{'ms/step':>9}{'least':>9}{'most':>9}{'ours/it':>9}{'of peak':>9}"
          f"{'loss':>10}{'after':>7}{'last':>10}")
    for name, result in results.items():
        ready, median = result["ready"], result["median"]
        ratio = f"{ours['median'] / median:.2f}" if ours else "-"
        share = f"{100 * flops / median / peak / 1e9:.0f} %" if flops and peak else "-"
        mark = "" if result["quiet"] == options.rounds else \
            f"  * {result['quiet']} of {options.rounds} samples undisturbed"
        print(f"  {name:24}{1e3 * median:9.2f}{1e3 * result['least']:9.2f}{1e3 * result['most']:9.2f}"
              f"{ratio:>9}{share:>9}{ready['check_loss']:10.4g}{ready['check_step']:7}"
              f"{result['samples'][-1]['loss']:10.4g}{mark}")
    for library in ("pytorch", "jax"):
        theirs = {name: result for name, result in results.items() if name.startswith(library)}
        if ours and theirs:
            best = min(theirs, key=lambda name: theirs[name]["median"])
            print(f"  ours / {best}: {ours['median'] / theirs[best]['median']:.2f}")
    compare_losses(results, TRAINED_TOLERANCE if found["is_training"] else UNTRAINED_TOLERANCE)


def compare_losses(results, tolerance):
    """Warns of peers that do not learn as the first PyTorch (or else the first) peer does."""
    judge = next((name for name in results if name.startswith("pytorch")), next(iter(results)))
    wanted = results[judge]["ready"]
    for name, result in results.items():
        for key, step, allowed in (("first_loss", 1, UNTRAINED_TOLERANCE),
                                   ("check_loss", wanted["check_step"], tolerance)):
            loss, expected = result["ready"][key], wanted[key]
            if not abs(loss - expected) <= allowed * abs(expected):
                print(f"  WARNING: {name} has loss {loss:.4g} at step {step} where {judge} has {expected:.4g}; "
                      "they may not do the same")
        if result["ready"]["check_step"] != wanted["check_step"]:
            print(f"  WARNING: {name} reports its loss after {result['ready']['check_step']} steps, "
                  f"{judge} after {wanted['check_step']}")


# The case `start`


def measure_start(options, folder):
    """Seconds of whole processes, from start to codes on disk."""
    zoo, name, data = folder / "zoo", "vae-digits", folder / "examples.npy"
    environment = peer_environment(options.threads)
    threads = ["--threads", str(options.threads)]
    checkpoint = str(zoo / f"{name}.h5")

    def finish(command):
        begin = time.perf_counter()
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, env=environment,
                           timeout=options.timeout)
        except OSError as error:
            raise PeerFailure(f"cannot be started: {error}") from error
        except subprocess.TimeoutExpired:
            raise PeerFailure(f"did not end within {options.timeout:.0f} s (--timeout)") from None
        except subprocess.CalledProcessError as error:
            lines = error.stderr.strip().splitlines()
            raise PeerFailure(lines[-1] if lines else f"ended with status {error.returncode}") from None
        return time.perf_counter() - begin

    print("\nstart: whole process that loads a VAE 64-400-20 and encodes 1000 examples")
    try:
        finish([options.tool, "train", "vae", "--data", "digits", "--epochs", "1", "--name", name, "--zoo", str(zoo),
                "--quiet", *threads])
    except PeerFailure as error:
        print(f"  left out, {options.tool} cannot train the model: {error}")
        return None
    numpy.save(data, numpy.random.default_rng(1).random((1000, 1, 8, 8), numpy.float32))

    outputs = {library: folder / f"{library}.npy" for library in ("ours", "pytorch", "jax")}
    commands = {"ours": [options.tool, "encode", name, "--data", str(data), "--out", str(outputs["ours"]), "--zoo",
                         str(zoo), "--quiet", *threads]}
    for library in ("pytorch", "jax"):
        commands[library] = [sys.executable, str(HERE / f"{library}_encode.py"), "--checkpoint", checkpoint,
                             "--data", str(data), "--out", str(outputs[library]), *threads]
    wanted = {peer.partition(":")[0] for peer in options.peers}
    commands = {library: command for library, command in commands.items() if library in wanted}
    seconds = {}
    for library, command in commands.items():
        try:
            finish(command)  # unmeasured: files come from the cache afterwards
            seconds[library] = []
        except PeerFailure as error:
            print(f"  {library}: left out, {error}")
    for number in range(options.rounds):
        order = list(seconds)
        turn = number % max(1, len(order))
        for library in order[turn:] + order[:turn]:
            seconds[library].append(finish(commands[library]))
    medians = {library: statistics.median(times) for library, times in seconds.items()}
    print(f"  {'':24}{'seconds':>9}{'least':>9}{'most':>9}{'ours/it':>9}")
    for library, times in seconds.items():
        ratio = f"{medians['ours'] / medians[library]:.3f}" if "ours" in medians else "-"
        print(f"  {library:24}{medians[library]:9.3f}{min(times):9.3f}{max(times):9.3f}{ratio:>9}")
    codes = {library: numpy.load(outputs[library]) for library in seconds}
    for library in codes:
        if "ours" in codes:
            difference = float(numpy.abs(codes[library] - codes["ours"]).max())
            if difference > 1e-4:
                print(f"  WARNING: the codes of {library} differ from ours by up to {difference:.2g}")
    return {library: {"median": medians[library], "samples": times} for library, times in seconds.items()}


# The whole


def measured_peaks(options):
    """GFLOP/s of matrix products by library, where it is there."""
    peaks = {}
    for library in dict.fromkeys(peer.partition(":")[0] for peer in options.peers):
        if library not in ("ours", "pytorch"):
            continue
        command, _ = command_of(library, options)
        try:
            done = subprocess.run([*command, "--peak", "--threads", str(options.threads)], check=True, text=True,
                                  capture_output=True, env=peer_environment(options.threads), timeout=options.timeout)
            peaks[library] = json.loads(done.stdout.splitlines()[-1])["gflops"]
        except subprocess.CalledProcessError as error:
            print(f"{library}: no peak, {(error.stderr.strip().splitlines() or ['no message'])[-1]}", file=sys.stderr)
        except (OSError, subprocess.TimeoutExpired, ValueError, LookupError) as error:
            print(f"{library}: no peak, {error}", file=sys.stderr)
    return peaks


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", default=",".join([*CASES, "start"]), help="default: all")
    parser.add_argument("--peers", default="ours,pytorch:eager,pytorch:fused,pytorch:compile,jax:jit")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, help="default: all processors this process may use")
    parser.add_argument("--seconds", type=float, default=2.0, help="a measurement lasts about this long")
    parser.add_argument("--timeout", type=float, default=900.0, help="seconds until a silent peer is given up")
    parser.add_argument("--latentzoo", default=str(ROOT / ".build" / "release" / "step-benchmark"),
                        help="our peer, step-benchmark")
    parser.add_argument("--tool", help="our command-line tool, for the case start; default: beside our peer")
    parser.add_argument("--mnist", type=pathlib.Path, default=ROOT.parent / "shared" / "data" / "mnist",
                        help="folder with train-images-idx3-ubyte.gz; random numbers without it")
    parser.add_argument("--json", type=pathlib.Path, help="write all figures to this file")
    options = parser.parse_args()
    options.peers = options.peers.split(",")
    options.cases = options.cases.split(",")
    options.tool = options.tool or str(pathlib.Path(options.latentzoo).parent / "latentzoo")
    unknown = [name for name in options.cases if name not in CASES and name != "start"]
    if unknown:
        parser.error(f"no case {', '.join(unknown)}; the cases are {', '.join(CASES)} and start")
    processors = sorted(os.sched_getaffinity(0))
    options.threads = options.threads or len(processors)
    if options.threads > len(processors):
        parser.error(f"--threads {options.threads}, but only {len(processors)} processors may be used")
    options.processors = set(processors[: options.threads])
    return options


def main():
    options = parse()
    os.sched_setaffinity(0, options.processors)  # the peers inherit it
    peaks = measured_peaks(options)
    listed = ", ".join(f"{library} {rate:.0f}" for library, rate in peaks.items()) or "not measured"
    print(f"{options.threads} threads; matrix products, GFLOP/s: {listed}; rounds: {options.rounds}")
    peak = max(peaks.values(), default=None)
    figures = {"threads": options.threads, "peaks": peaks, "cases": {}}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name in options.cases:
            if name == "start":
                figures["start"] = measure_start(options, folder)
            else:
                figures["cases"][name] = measure_case(name, options, folder)
                report_case(figures["cases"][name], peak, options)
            if options.json:
                options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
