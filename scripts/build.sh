#!/usr/bin/env bash
# Builds the site, then the executable that carries it. Nothing is done when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."
# wasm-opt is an npm package; the tools that cargo installs may not be on PATH yet.
export PATH="$PWD/end2end/node_modules/.bin:$HOME/.cargo/bin:$PATH"

# The frontend is slow to link and optimise: skipped while what it is made of stays the same.
sum() {
    # Not `git ls-files`: an image is built without the repository.
    find .cargo app frontend style public crates/chart crates/physiology crates/views \
        Cargo.toml Cargo.lock rust-toolchain.toml -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}
stamp=target/site/.sum
now=$(sum)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$now" ]; then
    rm -rf target/site
    scripts/style.sh
    cargo leptos build --release --precompress --frontend-only --split
    printf '%s\n' "$now" > "$stamp"
    # The executable embeds the site: it must be linked again.
    touch server/src/site.rs
fi
cargo build --release --locked -p server
