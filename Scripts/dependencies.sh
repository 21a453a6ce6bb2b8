# Sourced by the other scripts: installs the Debian packages they need, or says exactly what is missing.
#
# need_packages PACKAGE...   installs what is missing, as root or with sudo; otherwise ends the script
# need_swift                 ends the script where there is no Swift toolchain

build_packages=(libhdf5-dev libdnnl-dev liblapack-dev libpng-dev libturbojpeg0-dev zlib1g-dev pkg-config)
test_packages=(hdf5-tools python3-h5py python3-numpy)

need_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      echo "These Debian packages are missing and this user may not install them: ${missing[*]}" >&2
      echo "Ask an administrator for:  apt-get install ${missing[*]}" >&2
      exit 1
    fi
  fi
  command -v apt-get >/dev/null || {
    echo "These packages are missing and there is no apt-get to install them: ${missing[*]}" >&2
    exit 1
  }
  echo "Installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      "${missing[@]}" >/dev/null || {
    echo "Installing failed; try by hand:  apt-get install ${missing[*]}" >&2
    exit 1
  }
}

need_swift() {
  command -v swift >/dev/null && return 0
  echo "There is no Swift toolchain on the PATH; get Swift 6.3 from https://www.swift.org/install" >&2
  exit 1
}
