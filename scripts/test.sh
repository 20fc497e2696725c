#!/usr/bin/env bash
# Every check, the cheap ones first. Ends with one line: N passed, M failed.
set -uo pipefail
cd "$(dirname "$0")/.."
passed=0
failed=0
log=target/test-logs
mkdir -p "$log"
export CI=${CI:-} INSTA_UPDATE=no

# A check that passes or fails as a whole.
check() { # name command…
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    if "$@" 2>&1 | tee "$log/$name.log"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '!! %s failed\n' "$name"
    fi
}

# A runner that counts: adds what the pattern finds in its summary line.
count() { # name passed-pattern failed-pattern command…
    local name=$1 good=$2 bad=$3 status
    shift 3
    printf '\n== %s\n' "$name"
    "$@" 2>&1 | tee "$log/$name.log"
    status=${PIPESTATUS[0]}
    local p f
    p=$(sed -E 's/\x1b\[[0-9;]*m//g' "$log/$name.log" | grep -oE "$good" | grep -oE '[0-9]+' | awk '{s+=$1} END {print s+0}')
    f=$(sed -E 's/\x1b\[[0-9;]*m//g' "$log/$name.log" | grep -oE "$bad" | grep -oE '[0-9]+' | awk '{s+=$1} END {print s+0}')
    # A runner that died without counting failed once.
    if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
    if [ "$status" -eq 0 ] && [ "$p" -eq 0 ]; then f=1; printf '!! %s ran nothing\n' "$name"; fi
    passed=$((passed + p))
    failed=$((failed + f))
}

check format cargo fmt --all --check
check house scripts/check-house.sh
check build scripts/build.sh
check clippy cargo clippy --workspace --all-targets --exclude frontend --locked -- -D warnings
check clippy-wasm cargo clippy -p frontend --target wasm32-unknown-unknown --locked -- -D warnings
count unit '[0-9]+ passed' '[0-9]+ (failed|timed out)' \
    cargo nextest run --workspace --exclude frontend --locked --no-fail-fast --status-level fail --final-status-level fail
check docs env RUSTDOCFLAGS="-D warnings" cargo doc --workspace --exclude frontend --no-deps --locked --quiet
BROWSER_PATH=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
export BROWSER_PATH
count browser '[0-9]+ passed' '[0-9]+ failed' bash -c 'cd end2end && npx playwright test --reporter=list'

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
