#!/usr/bin/env bash
# Takes the pictures in docs/images from the demo, in a real browser: every page on a tablet, light and
# dark, and on a phone.
set -euo pipefail
cd "$(dirname "$0")/../end2end"
BROWSER_PATH=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
export BROWSER_PATH
npx playwright test --config pictures.config.ts
