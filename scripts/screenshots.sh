#!/usr/bin/env bash
# Takes the pictures of the README from the demo, in a real browser.
set -euo pipefail
cd "$(dirname "$0")/../end2end"
BROWSER_PATH=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
export BROWSER_PATH
npx playwright test --project=tablet-landscape --project=dark overview connections
mkdir -p ../docs/images
cp screenshots/tablet-landscape/overview.png ../docs/images/overview-light.png
cp screenshots/dark/overview.png ../docs/images/overview-dark.png
cp screenshots/tablet-landscape/connections.png ../docs/images/connections.png
