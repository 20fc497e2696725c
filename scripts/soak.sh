#!/usr/bin/env bash
# The long tests in full: two processes on one token store, fifty kills, every fault on every route,
# thousands of cases of each property. `make test` runs the same tests cut short.
set -euo pipefail
cd "$(dirname "$0")/.."
SOAK=full cargo nextest run --locked --cargo-profile release -p services -p server \
    --test soak --test kill --no-fail-fast --success-output immediate
SOAK=full cargo nextest run --locked --cargo-profile release -p chart \
    --test stack_fuzz --no-fail-fast --success-output immediate

# Other cases every time: the seed is what brings back those that fail.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-$(date +%s)} PROPTEST_CASES=${PROPTEST_CASES:-4000}
printf '\nPROPTEST_RNG_SEED=%s PROPTEST_CASES=%s\n' "$PROPTEST_RNG_SEED" "$PROPTEST_CASES"
cargo nextest run --locked --cargo-profile release \
    -p chart -p physiology -p services -p upstream -p vault --no-fail-fast
