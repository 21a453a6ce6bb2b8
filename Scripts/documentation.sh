#!/usr/bin/env bash
# Documentation of every module as a web site; a warning, or a public symbol without documentation, is an error.
#
#   bash Scripts/documentation.sh                          into .build/documentation
#   bash Scripts/documentation.sh FOLDER                   into another folder, which is replaced
#   bash Scripts/documentation.sh FOLDER -c release …      with the flags of a build that is there already
#
# To look at it:  python3 -m http.server --directory FOLDER  and open /documentation/ there.
set -euo pipefail
cd "$(dirname "$0")/.."
source Scripts/dependencies.sh
need_swift
need_packages "${build_packages[@]}"

folder="${1:-.build/documentation}"
flags=("${@:2}")
modules=(LatentZoo Tensors Layers Datasets HDF5 LatentZooTesting)
for plugin in Plugins/*Family Plugins/*Backbone; do modules+=("${plugin#Plugins/}"); done
targets=()
for module in "${modules[@]}"; do targets+=(--target "$module"); done

mkdir -p "$(dirname "$folder")"
folder="$(cd "$(dirname "$folder")" && pwd)/$(basename "$folder")"
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
swift package ${flags[@]+"${flags[@]}"} --allow-writing-to-directory "$folder" generate-documentation \
  "${targets[@]}" --enable-experimental-combined-documentation --transform-for-static-hosting \
  --output-path "$folder" 2>&1 | tee "$log"
# DocC's own begin the line; what compilers warn of has a file before it.
if grep -qE "^(warning|error): " "$log"; then
  echo "The documentation has warnings." >&2
  exit 1
fi

# The symbol graphs that were made on the way lie beside what was built.
graphs="$(dirname "$(swift build ${flags[@]+"${flags[@]}"} --show-bin-path)")/extracted-symbols"
python3 Scripts/undocumented.py "$graphs" "${modules[@]}"
