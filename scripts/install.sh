#!/usr/bin/env bash
# Installs what is missing for a part of the work: install.sh build|test|bench
# Idempotent, and quick when everything is there.
set -euo pipefail
cd "$(dirname "$0")/.."

CARGO_LEPTOS=0.3.10
WASM_BINDGEN=$(sed -n 's/^wasm-bindgen = "=\(.*\)"/\1/p' Cargo.toml)

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf 'make: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# As root, or through sudo where there is one.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif has sudo; then sudo -n "$@" || die "cannot run as root: $*"
    else die "needs root: $*"
    fi
}

apt_updated=no
apt_install() {
    has apt-get || die "please install: $*"
    if [ $apt_updated = no ]; then as_root apt-get update -qq; apt_updated=yes; fi
    say "Installing $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# A tool written in Rust: prebuilt where cargo-binstall is there, else compiled.
cargo_tool() { # crate version command
    if cargo binstall --version >/dev/null 2>&1 &&
        cargo binstall --no-confirm --quiet "$1@$2" >/dev/null 2>&1; then
        return
    fi
    say "Building $1 $2 (once)"
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
        cargo install --quiet --locked "$1" --version "$2"
}

rust() {
    has rustup || die "needs rustup: see https://rustup.rs"
    # Installs the toolchain that rust-toolchain.toml names.
    rustc --version >/dev/null
    rustup target list --installed | grep -qx wasm32-unknown-unknown ||
        rustup target add wasm32-unknown-unknown
    has cc || apt_install gcc libc6-dev
}

build_tools() {
    rust
    cargo leptos --version 2>/dev/null | grep -q "$CARGO_LEPTOS" ||
        cargo_tool cargo-leptos "$CARGO_LEPTOS"
    wasm-bindgen --version 2>/dev/null | grep -q "$WASM_BINDGEN" ||
        cargo_tool wasm-bindgen-cli "$WASM_BINDGEN"
    node_packages end2end
}

# wasm-opt comes as an npm package, and the browser tests are npm packages too.
node_packages() { # folder
    has npm || apt_install nodejs npm
    local stamp=$1/node_modules/.package-lock.json
    if [ ! -e "$stamp" ] || [ "$1/package-lock.json" -nt "$stamp" ]; then
        say "Installing Node packages of $1"
        (cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund)
        touch "$stamp"
    fi
}

# numpy and scipy, which the statistics are checked against, in an environment of their own.
oracle() {
    local home=target/oracle wanted=crates/physiology/tests/requirements.txt
    if cmp -s "$wanted" "$home/requirements.txt" && "$home/bin/python" -c '' 2>/dev/null; then
        return
    fi
    # Debian's Python comes without what makes environments.
    local python=python3
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        apt_install python3 python3-venv
        "$python" -c 'import ensurepip, venv' 2>/dev/null || python=/usr/bin/python3
    fi
    say "Installing numpy and scipy"
    rm -rf "$home"
    mkdir -p target
    "$python" -m venv "$home"
    "$home/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
        --requirement "$wanted"
    # Last, so that an installation cut short is made anew.
    cp "$wanted" "$home/requirements.txt"
}

test_tools() {
    build_tools
    oracle
    cargo nextest --version >/dev/null 2>&1 || cargo_tool cargo-nextest 0.9.143
    has chromium || has chromium-browser || has google-chrome || apt_install chromium
}

# Lighthouse is large, and nothing but the benchmarks needs it.
bench_tools() {
    test_tools
    node_packages end2end/bench
}

case "${1:-}" in
    build) build_tools ;;
    test) test_tools ;;
    bench) bench_tools ;;
    *) die "usage: install.sh build|test|bench" ;;
esac
