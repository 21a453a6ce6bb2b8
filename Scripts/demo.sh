#!/usr/bin/env bash
# From a fresh clone to two trained autoencoders and their pictures.
#
#   bash Scripts/demo.sh          trains on the embedded digits, a few minutes with the build
set -euo pipefail
cd "$(dirname "$0")/.."
source Scripts/dependencies.sh
need_swift
need_packages "${build_packages[@]}"

echo "== Building (a few minutes the first time)"
swift build -c release --product latentzoo
latentzoo="$(swift build -c release --product latentzoo --show-bin-path)/latentzoo"
pictures="$PWD/pictures"
mkdir -p "$pictures"

echo "== Training an autoencoder and a variational autoencoder on 1,797 handwritten digits"
"$latentzoo" train ae --data digits --epochs 200 --seed 1 --set hiddenSizes=[256] --set latentSize=16 \
  --zoo checkpoints --force
# Small grey images say little about each pixel; less weight on the divergence keeps the code informative.
"$latentzoo" train vae --data digits --epochs 400 --seed 1 --set hiddenSizes=[256] --set latentSize=10 \
  --set beta=0.4 --zoo checkpoints --force

echo "== The zoo"
"$latentzoo" list --zoo checkpoints

echo "== Reconstructions and samples"
for model in ae-digits vae-digits; do
  "$latentzoo" reconstruct "$model" --zoo checkpoints --data digits --count 16 \
    --out "$pictures/$model-reconstructions.png"
  "$latentzoo" sample "$model" --zoo checkpoints --count 64 --seed 1 --out "$pictures/$model-samples.png"
done

echo
echo "Checkpoints: $PWD/checkpoints/ae-digits.h5 and vae-digits.h5"
echo "Pictures:"
ls -1 "$pictures"/*.png
echo "Next:  $latentzoo info vae-digits"
