import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { enter, expect, fitsTheScreen, hydrated, picture, signIn, test } from './house';

const rows = (page: Page) => page.locator('.data-values tbody tr');

test('coverage and values of the trip, newest first', { tag: '@looks' }, async ({ page }) => {
  await enter(page);
  await page.goto('/data');
  await hydrated(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Data');
  await expect(page.locator('[data-coverage="spo2_night"] [data-subject="a"]')).toContainText(/\d+ of \d+ nights/);
  await expect(rows(page)).toHaveCount(100);
  const days = await rows(page).locator('time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''));
  expect([...days].sort().reverse()).toEqual(days);
  await fitsTheScreen(page);
  await picture(page, 'data');
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page.getByText(/^Page 2 of/)).toBeVisible();
});

test('the form narrows the table, and the files hold what is shown', async ({ page }) => {
  await enter(page);
  await page.goto('/data');
  await hydrated(page);
  await page.getByRole('link', { name: '14 d' }).click();
  await expect(page).toHaveURL(/range=14d/);
  await page.getByLabel('Twin').selectOption('a');
  await page.getByLabel('Show', { exact: true }).selectOption('all');
  await page.getByText(/^Metrics:/).click();
  // Also a frame: without one, headless Chromium keeps skipping what the disclosure holds.
  await picture(page, 'data-metrics');
  await page.getByRole('checkbox', { name: 'SpO₂' }).check();
  await page.getByRole('checkbox', { name: 'HRV', exact: true }).check();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(/twin=a/);
  await expect(rows(page)).toHaveCount(28);
  await expect(rows(page).filter({ hasText: 'Not worn' }).first()).toBeVisible();
  await picture(page, 'data-narrowed');

  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV', exact: true }).click();
  const file = await started;
  expect(file.suggestedFilename()).toMatch(/^acclimate-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(29);
  const header = lines[0].split(',');
  const values = lines.slice(1).map((line) => line.split(',')[header.indexOf('value')]);
  const shown = await rows(page).evaluateAll((all) =>
    all.map((row) => row.querySelector('[data-value]')?.getAttribute('data-value') ?? ''),
  );
  expect(values).toEqual(shown);

  const address = await page.getByRole('link', { name: 'JSON' }).getAttribute('href');
  const answer = await page.request.get(address ?? '');
  expect(answer.headers()['content-type']).toBe('application/json');
  expect(answer.headers()['cache-control']).toBe('no-store');
  expect((await answer.json()).rows).toHaveLength(28);
});

test('nothing is handed out without a session, and nonsense is refused', async ({ page, request }) => {
  const stranger = await request.get('/data.csv', { headers: { accept: 'text/csv' }, maxRedirects: 0 });
  expect(stranger.status()).toBe(401);
  await signIn(page);
  const refused = await page.request.get('/data.csv?metrics=mood');
  expect(refused.status()).toBe(400);
  expect(await refused.text()).toContain('There is no such metric');
  await page.goto('/data?twin=c&metrics=mood&range=soon');
  await expect(page.getByRole('status')).toContainText('There is no such twin');
  await expect(rows(page).first()).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('filters, pages and files are a form and links', async ({ page }) => {
    await enter(page);
    await page.goto('/data?range=7d');
    await page.getByLabel('Twin').selectOption('b');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(page).toHaveURL(/twin=b/);
    await expect(page).toHaveURL(/range=7d/);
    await expect(rows(page).first()).toBeVisible();
    await expect(page.locator('.data-values tbody tr[data-subject="a"]')).toHaveCount(0);
    await page.getByRole('link', { name: 'Older' }).click();
    await expect(page.getByText(/^Page 2 of/)).toBeVisible();
    await fitsTheScreen(page);
    await picture(page, 'data-without-javascript');
  });
});
