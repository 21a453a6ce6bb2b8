"""Writes layers.h5: what PyTorch computes, forward and backward, for every layer and function that the tests compare.

Run with any Python that has torch and h5py:  python make_layer_reference.py [--list]
The same versions write the same bytes. `--list` prints the cases with their configurations.

Each case is a group `/<layer>/<case>` with the attributes `configuration` (JSON) and `isTraining` (0 or 1) and the
subgroups, where there is something to put in them,
    inputs      `x` and what else the layer takes; whole numbers (labels, lengths, indices) as floats too
    weights     the layer's state before the pass, by PyTorch's names
    upstream    one tensor w for each output
    outputs     the results y
    gradients   of the sum of w * y: by each weight under its name, by an input under `input_<name>`
    after       the running statistics after the pass, where the layer has some
The numbers are computed in float64 from inputs and weights that float32 holds exactly, then rounded to float32.
"""
import pathlib
import sys

from cases import convolution, functions, normalisation, pooling, recurrent, reductions, tables
from cases.recorder import Recorder

target = pathlib.Path(__file__).with_name("layers.h5")
with Recorder(target) as recorder:
    for group in (convolution, pooling, normalisation, tables, recurrent, functions, reductions):
        group.write(recorder)
if "--list" in sys.argv:
    print(recorder.listing())
