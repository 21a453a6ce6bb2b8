#!/usr/bin/env bash
# Packages of one's own that depend on this one: builds and runs a copy of Plugins/Example elsewhere, and the tests of plugins as
# `latentzoo plugin new` makes them.
#
#   bash Scripts/dependants.sh                      with a release build in .build
#   bash Scripts/dependants.sh -c release …         with the flags of a build that is there already
set -euo pipefail
cd "$(dirname "$0")/.."
source Scripts/dependencies.sh
need_swift
need_packages "${build_packages[@]}"

flags=("$@")
[ $# -gt 0 ] || flags=(-c release --scratch-path .build)
root="$PWD"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
named='.package(name: "LatentZoo", path: "../..")'

# A copy of the package that names us another way.
copy() {
  cp -r Plugins/Example "$folder/$1"
  python3 - "$folder/$1/Package.swift" "$named" "$2" <<'PYTHON'
import pathlib, sys
manifest, old, new = pathlib.Path(sys.argv[1]), *sys.argv[2:]
text = manifest.read_text()
assert old in text, f"{manifest} does not hold {old}"
manifest.write_text(text.replace(old, new))
PYTHON
}

# By URL and version, as of the last commit: unsafe flags or a dependency without a version would be refused here.
git clone --quiet --bare . "$folder/LatentZoo.git"
git -C "$folder/LatentZoo.git" tag --force 0.1.0 HEAD >/dev/null
copy by-url ".package(url: \"file://$folder/LatentZoo.git\", from: \"0.1.0\")"
swift package --package-path "$folder/by-url" show-dependencies

# By path; what is built of us is shared with our own build.
copy by-path ".package(name: \"LatentZoo\", path: \"$root\")"
swift build --package-path "$folder/by-path" "${flags[@]}" --product example
binary="$(swift build --package-path "$folder/by-path" "${flags[@]}" --show-bin-path)/example"
(cd "$folder" && "$binary" "$folder/zoo")
test -s "$folder/zoo/noisy-ae-digits.h5"

# Plugins as they are generated: their own tests, with what is built of us already.
latentzoo="$(dirname "$binary")/latentzoo"
for kind in "" --backbone; do
  name="new${kind:+-backbone}"
  "$latentzoo" plugin new "$name" $kind --directory "$folder" --latentzoo "$root"
  swift build --package-path "$folder/$name" "${flags[@]}" --build-tests
  swift test --package-path "$folder/$name" "${flags[@]}" --skip-build
done
