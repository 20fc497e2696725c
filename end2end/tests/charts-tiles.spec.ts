// Samples come in tiles: each is asked for once, given up when it is no longer looked at, and a chart
// whose tiles do not come shows what it has.
import type { Page, Route } from '@playwright/test';
import { expect, signIn, test } from './house';
import { day, frame, looked, lookedNext, openChart, pixels, place, pointedAt, ready, SAMPLES, stage } from './charts';

const TILES = '**/tiles/**';

/** Closely enough for the finest tiles. */
const close = () => `${SAMPLES.path()}&zoom=${day(-4)}T03:00..${day(-4)}T06:00`;

/** Every tile that is asked for from now on. */
function asked(page: Page): string[] {
  const addresses: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith('/tiles/')) addresses.push(pathname + search);
  });
  return addresses;
}

/** Nothing is on its way any more. */
async function settled(page: Page) {
  await page.waitForLoadState('networkidle');
  await frame(page);
}

/** How many pixels of the data are in each twin's colour. */
async function inked(page: Page): Promise<{ a: number; b: number }> {
  await frame(page);
  const { width, height, bytes } = await pixels(stage(page, SAMPLES).locator('canvas.stage-canvas').first());
  let [a, b] = [0, 0];
  // The samples' lane is under the nights'.
  for (let at = 4 * width * Math.floor(height * 0.3); at < bytes.length; at += 4) {
    const [red, , blue, alpha] = bytes.subarray(at, at + 4);
    // A is blue, B is orange.
    if (alpha > 100 && blue > red + 60) a += 1;
    if (alpha > 100 && red > blue + 60) b += 1;
  }
  return { a, b };
}

async function pan(page: Page, from: number, to: number) {
  const before = looked(page, SAMPLES);
  const [start, end] = [await place(page, SAMPLES, from), await place(page, SAMPLES, to)];
  await page.keyboard.down('Shift');
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await lookedNext(page, SAMPLES, before);
}

test.describe('tiles', { tag: '@rules' }, () => {
  test('each is asked for once, however often one comes by', async ({ page }) => {
    const tiles = asked(page);
    await openChart(page, SAMPLES);
    await page.goto(close());
    await ready(page, SAMPLES);
    await settled(page);
    expect(tiles.length).toBeGreaterThan(0);
    tiles.length = 0;
    for (const [from, to] of [[0.3, 0.8], [0.3, 0.8], [0.3, 0.8], [0.8, 0.3], [0.8, 0.3], [0.8, 0.3], [0.3, 0.8]]) {
      await pan(page, from, to);
    }
    await settled(page);
    expect(new Set(tiles).size, tiles.join('\n')).toBe(tiles.length);
    // Of so short a way, few; and there and back again none.
    expect(tiles.length).toBeLessThan(24);
    const known = tiles.length;
    await pan(page, 0.7, 0.4);
    await pan(page, 0.4, 0.7);
    await settled(page);
    expect(tiles).toHaveLength(known);
    expect(await inked(page)).toMatchObject({ a: expect.any(Number), b: expect.any(Number) });
  });

  test('what is no longer looked at is called off', async ({ page }) => {
    await openChart(page, SAMPLES);
    await settled(page);
    const held: Route[] = [];
    const given: string[] = [];
    page.on('requestfailed', (request) => {
      if (request.url().includes('/tiles/')) given.push(`${new URL(request.url()).pathname} ${request.failure()?.errorText}`);
    });
    await page.route(TILES, (route) => void held.push(route));
    await stage(page, SAMPLES).focus();
    await pointedAt(page, SAMPLES, 0.6);
    const closer = async () => {
      const before = looked(page, SAMPLES);
      await page.keyboard.press('+');
      await lookedNext(page, SAMPLES, before);
      // Questions are a tenth of a second apart.
      await page.waitForTimeout(150);
    };
    // As far as it takes to ask for tiles, and then as far again.
    for (let press = 0; press < 8 && held.length === 0; press += 1) await closer();
    expect(held.length).toBeGreaterThan(0);
    const first = held.map((route) => new URL(route.request().url()).pathname);
    for (let press = 0; press < 4; press += 1) await closer();
    await expect.poll(() => given.length).toBeGreaterThan(0);
    for (const line of given) expect(line).toMatch(/ERR_ABORTED/);
    expect(given.some((line) => first.some((path) => line.startsWith(path)))).toBe(true);
    await page.unroute(TILES);
    for (const route of held) await route.continue().catch(() => undefined);
  });

  test('while they are on their way, what there is is drawn', async ({ page }) => {
    await openChart(page, SAMPLES);
    await settled(page);
    const held: Route[] = [];
    await page.route(TILES, (route) => void held.push(route));
    await page.goto(close());
    await ready(page, SAMPLES);
    await expect.poll(() => held.length).toBeGreaterThan(0);
    // The page brought coarse ones along.
    const coarse = await inked(page);
    expect(coarse.a).toBeGreaterThan(50);
    expect(coarse.b).toBeGreaterThan(50);
    await pointedAt(page, SAMPLES, 0.5);
    await page.unroute(TILES);
    for (const route of held) await route.continue().catch(() => undefined);
    await settled(page);
    await expect.poll(async () => JSON.stringify(await inked(page))).not.toBe(JSON.stringify(coarse));
  });

  test('when they do not come, what there is is drawn, and they are asked for again', async ({ page, quiet }) => {
    await openChart(page, SAMPLES);
    await settled(page);
    let refused = 0;
    await page.route(TILES, (route) => {
      refused += 1;
      return route.fulfill({ status: 503, body: 'Busy.' });
    });
    await page.goto(close());
    await ready(page, SAMPLES);
    await expect.poll(() => refused).toBeGreaterThan(0);
    const coarse = await inked(page);
    expect(coarse.a).toBeGreaterThan(50);
    expect(coarse.b).toBeGreaterThan(50);
    await pan(page, 0.5, 0.45);
    await page.unroute(TILES);
    const tiles = asked(page);
    await pan(page, 0.45, 0.5);
    await expect.poll(() => tiles.length).toBeGreaterThan(0);
    await settled(page);
    await expect.poll(async () => JSON.stringify(await inked(page))).not.toBe(JSON.stringify(coarse));
    // The browser tells of every 503 by itself; anything else it tells is a fault.
    expect(quiet.filter((line) => !/status of 503/.test(line))).toEqual([]);
    quiet.length = 0;
  });

  test('after signing out, no tile is shown to anybody', async ({ page }) => {
    const tiles = asked(page);
    // A session of its own: it ends here.
    await signIn(page);
    await page.goto(close());
    await ready(page, SAMPLES);
    await settled(page);
    const [address] = tiles;
    const status = () =>
      page.evaluate(async (path) => {
        const answers = await Promise.all(
          (['default', 'force-cache'] as const).map((cache) => fetch(path, { cache, headers: { accept: 'application/octet-stream' } })),
        );
        return answers.map((answer) => answer.status);
      }, address);
    expect(await status()).toEqual([200, 200]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/login$/);
    expect(await status()).toEqual([401, 401]);
    const bare = await page.request.get(address, { headers: { accept: 'application/octet-stream' }, maxRedirects: 0 });
    expect(bare.status()).toBe(401);
  });
});
