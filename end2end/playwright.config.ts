import { defineConfig } from '@playwright/test';

// Each project has a demo of its own: what one walk disconnects, no other misses.
const PORT = 3211;
export const PASSWORD = 'a-password-for-tests';

// scripts/test.sh says where the system's browser is; without it, Playwright's own is used.
const executablePath = process.env.BROWSER_PATH || undefined;

const screens = {
  'tablet-landscape': { viewport: { width: 1180, height: 820 } },
  'tablet-portrait': { viewport: { width: 820, height: 1180 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
  dark: { viewport: { width: 1180, height: 820 }, colorScheme: 'dark' as const },
  wall: { viewport: { width: 1920, height: 1080 } },
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
    use: { ...screens[name], baseURL: `http://127.0.0.1:${PORT + index}` },
  })),
  webServer: names.map((name, index) => ({
    command: `../target/release/acclimate demo --addr 127.0.0.1:${PORT + index}`,
    url: `http://127.0.0.1:${PORT + index}/ready`,
    env: { AUTHORIZED_USER_PASSWORD: PASSWORD, RUST_LOG: 'warn' },
    reuseExistingServer: false,
    timeout: 60_000,
    name,
  })),
});
