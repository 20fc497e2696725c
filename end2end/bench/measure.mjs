// The part of `make bench` that needs a browser: what pages load, when they are taken over, and what
// Lighthouse says of them. Prints one JSON object; server/benches/web makes figures of it.
import { scripts } from './scripts.mjs';
import { hydration } from './hydration.mjs';
import { lighthouse } from './lighthouse.mjs';
import { withBrowser } from './browser.mjs';

const site = {
  url: required('BENCH_SITE'),
  cookie: required('BENCH_COOKIE'),
  // The overview first: the others are measured by what they add to it.
  pages: ['/', '/compare', '/day', '/workouts', '/data', '/connections', '/settings'],
};

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const measured = await withBrowser(async (browser) => ({
  scripts: await scripts(browser, site),
  hydration: await hydration(browser, site),
}));
process.stdout.write(JSON.stringify({ ...measured, lighthouse: await lighthouse(site) }));
