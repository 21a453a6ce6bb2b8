#!/usr/bin/env bash
# Everything the project checks: style, a build without warnings, unit tests, command tests.
#
#   bash Scripts/test.sh                     all
#   bash Scripts/test.sh --filter HDF5Tests  the build and one suite
set -euo pipefail
cd "$(dirname "$0")/.."
source Scripts/dependencies.sh
need_swift
need_packages "${build_packages[@]}" "${test_packages[@]}"

# The tests call python3 with h5py. Where the first python3 on the PATH lacks it, Debian's own has it.
if ! python3 -c 'import h5py, numpy' 2>/dev/null; then
  python_folder="$(mktemp -d)"
  trap 'rm -rf "$python_folder"' EXIT
  ln -s /usr/bin/python3 "$python_folder/python3"
  export PATH="$python_folder:$PATH"
  python3 -c 'import h5py, numpy'
fi

echo "== Style"
swift format lint --strict --recursive Sources Plugins Tests Benchmarks Package.swift
for script in Scripts/*.sh; do bash -n "$script"; done
python3 - <<'PYTHON'
import ast, pathlib
for path in [*pathlib.Path("Scripts").rglob("*.py"), *pathlib.Path("Benchmarks").rglob("*.py"),
             *pathlib.Path("Tests").rglob("*.py"), *pathlib.Path("checkpoints").rglob("*.py")]:
    ast.parse(path.read_text(), str(path))
PYTHON

echo "== Build"
# Release: the kernels are slow without optimisation, and it is what ships. Tests look inside modules.
flags=(-c release -Xswiftc -enable-testing --scratch-path .build-test)
log="$(mktemp)"
swift build "${flags[@]}" --build-tests 2>&1 | tee "$log"
# Of our own sources, that is: what the packages we depend on warn of is theirs.
if grep -E "^$PWD/(Sources|Plugins|Tests)/.*warning:" "$log"; then
  echo "The build has warnings." >&2
  exit 1
fi
rm -f "$log"

binary="$(swift build "${flags[@]}" --show-bin-path)/latentzoo"
if [ $# -eq 0 ]; then
  echo "== Documentation"
  bash Scripts/documentation.sh .build-test/documentation "${flags[@]}"
fi

if [ $# -eq 0 ]; then
  echo "== Killing trainings, and going on"
  python3 Scripts/kill_test.py "$binary" --kills 25
fi

if [ $# -eq 0 ]; then
  # What cannot be installed is said and skipped; a number that differs is an error.
  echo "== Comparing with ONNX Runtime, PyTorch and Keras"
  python3 Scripts/compare_exchange.py "$binary"
fi

if [ $# -eq 0 ]; then
  echo "== Packages that depend on this one"
  bash Scripts/dependants.sh "${flags[@]}"
fi

echo "== Tests"
LATENTZOO_BINARY="$binary" swift test "${flags[@]}" --skip-build "$@"
