#!/usr/bin/env bash
# The long tests in full: two processes on one token store, fifty kills, every fault on every route.
# `make test` runs the same tests cut short.
set -euo pipefail
cd "$(dirname "$0")/.."
SOAK=full cargo nextest run --locked --cargo-profile release -p services -p server \
    --test soak --test kill --no-fail-fast --success-output immediate
SOAK=full cargo nextest run --locked --cargo-profile release -p chart \
    --test stack_fuzz --no-fail-fast --success-output immediate
