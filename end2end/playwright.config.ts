import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defineConfig } from '@playwright/test';

// Each project has a demo of its own: what one walk disconnects, no other misses.
const PORT = 3211;
const EMPTY_PORT = 3231;
/** A server with nothing in it yet. */
export const EMPTY = `http://127.0.0.1:${EMPTY_PORT}`;
/** Where a walk starts a server that knows nobody. */
export const NOBODY = `http://127.0.0.1:${EMPTY_PORT + 1}`;
/** Where a walk starts a server with an account that only looks. */
export const WATCHED = `http://127.0.0.1:${EMPTY_PORT + 2}`;
export const PASSWORD = 'a-password-for-tests';

// scripts/test.sh says where the system's browser is; without it, Playwright's own is used.
const executablePath = process.env.BROWSER_PATH || undefined;

// Every walk on the tablet as it is mostly held; elsewhere what depends on the screen: @looks at each
// page once, @fits what must fit it. On the phone, whose header and tables differ, all that a finger does.
const screens = {
  'tablet-landscape': { use: { viewport: { width: 1180, height: 820 } } },
  'tablet-portrait': { use: { viewport: { width: 820, height: 1180 } }, grep: /@looks|@fits/ },
  phone: {
    use: { viewport: { width: 390, height: 844 }, hasTouch: true },
    testIgnore: /degraded|sign-in/,
    grepInvert: /@rules/,
  },
  dark: { use: { viewport: { width: 1180, height: 820 }, colorScheme: 'dark' as const }, grep: /@looks/ },
  wall: { use: { viewport: { width: 1920, height: 1080 } }, grep: /@looks/ },
};

const folder = mkdtempSync(join(tmpdir(), 'acclimate-empty-'));
const emptyServer = {
  command: `../target/release/acclimate serve --addr 127.0.0.1:${EMPTY_PORT}`,
  url: `${EMPTY}/ready`,
  env: {
    AUTHORIZED_USER_PASSWORD: PASSWORD,
    DATABASE_URL: `sqlite://${join(folder, 'acclimate.db')}`,
    TOKEN_STORE_URL: `file://${join(folder, 'tokens')}`,
    RUST_LOG: 'warn',
  },
  reuseExistingServer: false,
  gracefulShutdown: { signal: 'SIGTERM', timeout: 3_000 } as const,
  timeout: 60_000,
  name: 'empty',
};

const names = Object.keys(screens) as (keyof typeof screens)[];

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    actionTimeout: 10_000,
  },
  projects: names.map((name, index) => ({
    name,
    ...screens[name],
    use: { ...screens[name].use, baseURL: `http://127.0.0.1:${PORT + index}` },
  })),
  webServer: [
    emptyServer,
    ...names.map((name, index) => ({
      command: `../target/release/acclimate demo --addr 127.0.0.1:${PORT + index}`,
      url: `http://127.0.0.1:${PORT + index}/ready`,
      env: { AUTHORIZED_USER_PASSWORD: PASSWORD, RUST_LOG: 'warn' },
      reuseExistingServer: false,
      // Its folder goes with it.
      gracefulShutdown: { signal: 'SIGTERM', timeout: 3_000 },
      timeout: 60_000,
      name,
    })),
  ],
});
