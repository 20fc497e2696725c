// What is shown when data do not come: one twin only, no Polar, a vendor that is down.
import type { Page } from '@playwright/test';
import { expect, fitsTheScreen, hydrated, picture, signIn, test } from './house';

type Twin = 'a' | 'b';
type Vendor = 'oura' | 'polar';

const cell = (page: Page, twin: Twin, vendor: Vendor) => page.locator(`[data-connection="${twin}-${vendor}"]`);
const tileValue = (page: Page, metric: string, twin: Twin) =>
  page.locator(`article[data-metric="${metric}"] [data-subject="${twin}"] [data-value]`);
const changes = (page: Page) => page.locator('.changed');

async function disconnect(page: Page, twin: Twin, vendor: Vendor) {
  await page.goto('/connections');
  await hydrated(page);
  await cell(page, twin, vendor).getByText('Disconnect', { exact: true }).first().click();
  await cell(page, twin, vendor).getByRole('button', { name: /^Disconnect/ }).click();
  await expect(cell(page, twin, vendor).getByText('Not connected', { exact: true })).toBeVisible();
}

/** Puts a connection back as it was, its first sync included. */
async function connect(page: Page, twin: Twin, vendor: Vendor) {
  await page.goto('/connections');
  const link = cell(page, twin, vendor).getByRole('link', { name: /^Connect/ });
  if (await link.count()) {
    await link.click();
    await page.getByRole('button', { name: 'Allow' }).click();
  }
  await hydrated(page);
  await expect(cell(page, twin, vendor).getByText(/^Synced/).first()).toBeVisible({ timeout: 20_000 });
  await expect(cell(page, twin, vendor).getByRole('progressbar')).toHaveCount(0, { timeout: 20_000 });
}

/** Where the simulated clouds are: what the demo sends a browser to when it connects. */
async function clouds(page: Page): Promise<string> {
  await page.goto('/connections');
  const subject = await cell(page, 'a', 'oura').locator('input[name="subject"]').first().inputValue();
  const start = await page.request.get(`/oauth/oura/start?subject=${subject}`, { maxRedirects: 0 });
  const location = start.headers()['location'];
  if (!location) throw new Error(`no way to the vendor: ${start.status()}`);
  return new URL(location).origin;
}

/** Both twins' stored values, with whose sensor and how old they are. */
async function storedValuesStand(page: Page) {
  await page.goto('/');
  await hydrated(page);
  for (const twin of ['a', 'b'] as const) {
    await expect(tileValue(page, 'spo2_night', twin)).toBeVisible();
    await expect(tileValue(page, 'hrv_rmssd', twin)).toBeVisible();
  }
  await expect(page.locator('article[data-metric="spo2_night"] .tile-source')).toHaveText(/Oura, A .+, B .+/);
  await expect(page.locator('figure[data-chart="spo2_night"]')).toBeVisible();
  await fitsTheScreen(page);
}

test.describe.configure({ mode: 'serial' });
// Eight attempts a call, seventeen collections.
test.setTimeout(240_000);

test.describe('one twin only', () => {
  test.afterEach(async ({ page }) => {
    await connect(page, 'b', 'oura');
    await connect(page, 'b', 'polar');
  });

  test('what was received stays, and its end is told', async ({ page }) => {
    await signIn(page);
    await disconnect(page, 'b', 'oura');
    await disconnect(page, 'b', 'polar');
    await storedValuesStand(page);
    await expect(changes(page)).toContainText('Oura is not connected any more');
    await expect(changes(page)).toContainText('Polar is not connected any more');
    await expect(changes(page)).toContainText(/Stored data of .*\d\d:\d\d is shown/);
    await picture(page, 'degraded-one-twin');
    for (const path of ['/compare', '/day', '/workouts', '/data', '/settings']) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(200);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expect(page.getByRole('main')).not.toContainText('cannot be shown');
    }
  });
});

test.describe('no Polar at all', () => {
  test.afterEach(async ({ page }) => {
    await connect(page, 'a', 'polar');
    await connect(page, 'b', 'polar');
  });

  test('the nights are whole, and workouts say what is missing', async ({ page }) => {
    await signIn(page);
    await disconnect(page, 'a', 'polar');
    await disconnect(page, 'b', 'polar');
    await storedValuesStand(page);
    await expect(changes(page)).toContainText('Polar is not connected any more');
    // One line for both twins.
    await expect(changes(page).getByText('Polar is not connected any more')).toHaveCount(1);
    const response = await page.goto('/workouts');
    expect(response?.status()).toBe(200);
    await expect(page.getByRole('main')).not.toContainText('cannot be shown');
    await picture(page, 'degraded-no-polar');
  });
});

test.describe('a vendor that is down', () => {
  let control = '';

  test.afterEach(async ({ page }) => {
    expect((await page.request.put(`${control}/control/faults`, { data: [] })).ok()).toBe(true);
    await page.goto('/connections');
    await hydrated(page);
    await cell(page, 'a', 'oura').getByRole('button', { name: 'Sync now' }).click();
    await expect(cell(page, 'a', 'oura')).not.toContainText(/failed/i, { timeout: 30_000 });
  });

  test('stored data stand with their age, and the page says so', async ({ page }) => {
    await signIn(page);
    control = await clouds(page);
    const faults = [{ match: '/oura/', kind: 'status', status: 503, rate: 1.0 }];
    expect((await page.request.put(`${control}/control/faults`, { data: faults })).ok()).toBe(true);
    await page.goto('/connections');
    await hydrated(page);
    await cell(page, 'a', 'oura').getByRole('button', { name: 'Sync now' }).click();
    await expect(cell(page, 'a', 'oura')).toContainText(/collections? failed/, { timeout: 150_000 });
    await expect(cell(page, 'a', 'oura').getByText(/^Synced/).first()).toBeVisible();
    await picture(page, 'degraded-connections');
    await storedValuesStand(page);
    await expect(changes(page)).toContainText(/sync with Oura failed|of Oura failed in the last sync/);
    await expect(changes(page)).toContainText(/Stored data of .*\d\d:\d\d is shown/);
    await picture(page, 'degraded-vendor-down');
  });
});
