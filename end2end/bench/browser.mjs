// The browser, and a signed-in window in it.
import { createServer } from 'node:net';
import { chromium } from '@playwright/test';

/** The tablet of the design, in landscape. */
export const TABLET = { width: 1180, height: 820 };

/** Starts a browser, lets `use` have it, and closes it whatever happens. */
export async function withBrowser(use, args = []) {
  const browser = await chromium.launch({
    // scripts/bench.sh says where the system's browser is; without it, Playwright's own is used.
    executablePath: process.env.BROWSER_PATH || undefined,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** A window of its own, with nothing cached, signed in. */
export async function withPage(browser, site, options, use) {
  const context = await browser.newContext({ viewport: TABLET, ...options });
  try {
    const [name, ...value] = site.cookie.split('=');
    await context.addCookies([{ name, value: value.join('='), url: site.url }]);
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
