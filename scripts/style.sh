#!/usr/bin/env bash
# Puts the sheets that style/main.css imports together into one, in its order.
set -euo pipefail
cd "$(dirname "$0")/../style"
mkdir -p ../target/style
sed -n 's/^@import "\(.*\)";$/\1/p' main.css | xargs cat > ../target/style/acclimate.css
