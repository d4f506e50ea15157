# SPDX-FileCopyrightText: 2026 Tertulia contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the scripts: where we are, how we speak, how packages get installed.

set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
cd "$root"
jobs="$(nproc)"

say() { printf '\n== %s\n' "$*"; }
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# install_packages PACKAGE… : what is missing, by apt, as root or with sudo; nothing when all is there.
install_packages() {
  command -v dpkg-query >/dev/null || die "this is not a Debian system. Install the equivalents of: $*"
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing and neither root nor sudo is there to install them:
  ${missing[*]}
Ask an administrator to run: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq || die "apt-get update failed: is there a network, and are the sources in /etc/apt right?"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    >/dev/null || die "apt-get could not install the packages above"
}

# What the desktop client loads while it runs and no build finds missing.
client_packages=(
  qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript qml6-module-qtquick
  qml6-module-qtquick-window qml6-module-qtquick-templates qml6-module-qtquick-controls qml6-module-qtquick-layouts
  qml6-module-qtquick-shapes libqt6svg6 libsecret-1-0 libgl1-mesa-dri
  fonts-dejavu-core fonts-noto-core fonts-noto-color-emoji
)
build_packages=(
  g++ cmake ninja-build ccache pkg-config git ca-certificates
  qt6-base-dev qt6-httpserver-dev qt6-websockets-dev libqt6sql6-sqlite
  libssl-dev liburing-dev libsodium-dev libtomlplusplus-dev libexpected-dev libsqlite3-dev libicu-dev
  # the desktop client
  qt6-declarative-dev qt6-declarative-dev-tools qt6-svg-dev qt6-tools-dev qt6-l10n-tools libgl-dev libvulkan-dev
  qtkeychain-qt6-dev
  "${client_packages[@]}"
)
test_packages=(
  chromium openssl curl python3 nginx-light haproxy postgresql
  # the desktop client: a bus, a key store, a notification daemon, screens, and an accessible tree to read
  qml6-module-qttest dbus gnome-keyring dunst xvfb xdotool at-spi2-core imagemagick
)
fuzz_packages=(clang-14 libclang-rt-14-dev llvm-14)
lint_packages=(clang-format-14 clang-tidy-14 python3 codespell shellcheck)

install_node() {
  command -v node >/dev/null && command -v npm >/dev/null && return 0
  install_packages nodejs npm
}

# build PRESET [TARGET…]
build() {
  local preset="$1"
  shift
  local targets=()
  [ $# -gt 0 ] && targets=(--target "$@")
  cmake --preset "$preset" >"build-$preset.log" 2>&1 || {
    cat "build-$preset.log"
    die "cmake could not configure the preset $preset"
  }
  rm -f "build-$preset.log"
  cmake --build --preset "$preset" -j "$jobs" "${targets[@]}"
}
