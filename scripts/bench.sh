#!/usr/bin/env bash
# Every benchmark, each figure beside its reference of the same run; JSON in target/bench.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p target/bench
cargo bench --locked -p server --bench product
