"""The protocol that every peer of `compare_steps.py` speaks, for the peers written in Python.

    PEER --case NAME --mode MODE --threads N --data FILE.npy

A peer builds the model, takes the case's first `check_step` steps as warm-up, and prints one line of JSON:

    {"ready": true, "library": "PyTorch 2.9.0", "mode": "fused", "first_loss": 550.1, "check_step": 50,
     "check_loss": 201.9, "setup_seconds": 1.2}

Ours adds `flops_per_step`. For each line `run K` on its standard input it then takes K more steps and prints

    {"steps": K, "seconds": 0.123, "loss": 180.2}

and ends when its input ends. It waits without using the processor. A peer that lacks the case, the mode or its library
prints `{"ready": false, "reason": "..."}` and ends with status 0.
"""

import argparse
import json
import os
import sys
import time


class Unavailable(Exception):
    """This peer cannot run the case; the message says why."""


def serve(prepare):
    """Speaks the protocol for `prepare(name, mode, threads, batches) -> (library, run)`.

    `batches` is the data as one array, [batches, batch, ...]; `run(count)` takes `count` steps, waits for them and
    returns the last loss.
    """
    replies = claim_standard_output()
    begin = time.perf_counter()
    parser = argparse.ArgumentParser()
    parser.add_argument("--case", required=True)
    parser.add_argument("--mode", required=True)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--data", required=True, help="float32 .npy file [batches, batch, ...]")
    options = parser.parse_args()

    def say(**reply):
        print(json.dumps(reply), file=replies, flush=True)

    try:
        import numpy

        from cases import CASES
        if options.case not in CASES:
            raise Unavailable(f"there is no case {options.case}")
        library, run = prepare(options.case, options.mode, options.threads, numpy.load(options.data))
    except ImportError as error:
        say(ready=False, reason=f"{error.name or error} is not installed")
        return
    except Unavailable as error:
        say(ready=False, reason=str(error))
        return
    check_step = CASES[options.case].check_step
    first_loss = run(1)
    check_loss = run(check_step - 1)
    say(ready=True, library=library, mode=options.mode, first_loss=first_loss, check_step=check_step,
        check_loss=check_loss, setup_seconds=time.perf_counter() - begin)

    for line in sys.stdin:
        words = line.split()
        if len(words) != 2 or words[0] != "run":
            sys.exit(f"a peer understands `run K`, not {line!r}")
        count = int(words[1])
        begin = time.perf_counter()
        loss = run(count)
        say(steps=count, seconds=time.perf_counter() - begin, loss=loss)


def claim_standard_output():
    """The standard output for replies alone; what libraries print goes to standard error."""
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return replies
