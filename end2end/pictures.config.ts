// The pictures of the README: scripts/screenshots.sh.
import { defineConfig } from '@playwright/test';
import base, { PASSWORD } from './playwright.config';

const ADDRESS = '127.0.0.1:3231';
const tablet = { viewport: { width: 1180, height: 820 } };

export default defineConfig({
  ...base,
  testDir: 'pictures',
  // One demo for all: a picture changes nothing.
  projects: [
    { name: 'light', use: tablet },
    { name: 'dark', use: { ...tablet, colorScheme: 'dark' } },
    { name: 'phone', use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true } },
  ],
  use: { ...base.use, baseURL: `http://${ADDRESS}` },
  webServer: {
    command: `../target/release/acclimate demo --addr ${ADDRESS}`,
    url: `http://${ADDRESS}/ready`,
    env: { AUTHORIZED_USER_PASSWORD: PASSWORD, RUST_LOG: 'warn' },
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
