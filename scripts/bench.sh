#!/usr/bin/env bash
# Every benchmark, each figure beside its reference of the same run; JSON in target/bench.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p target/bench
BROWSER_PATH=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
export BROWSER_PATH
scripts/install.sh bench
cargo bench --locked -p server --bench product --bench tiles --bench web --bench charts
