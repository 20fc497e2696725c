import type { Page } from '@playwright/test';
import { enter, expect, fitsTheScreen, hydrated, picture, test } from './house';

const night = (page: Page) => page.locator('figure[data-chart="night"]');
const heart = (page: Page) => page.locator('figure[data-chart="heart_rate"]');

test('last night first, then the day, of both twins', { tag: '@looks' }, async ({ page }) => {
  await enter(page);
  await page.goto('/day');
  await hydrated(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Day');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([/^Night to /, /^Heart rate, /, 'Notes']);
  await expect(night(page).getByText('Deep').first()).toBeVisible();
  await expect(heart(page).getByText(/^Peak \d+/).first()).toBeVisible();
  await expect(page.getByRole('row', { name: /^In bed/ })).toContainText(/\d\d:\d\d to \d\d:\d\d/);
  await expect(page.getByRole('row', { name: /^Mean/ })).toContainText(/\d+.bpm/);
  await fitsTheScreen(page);
  await picture(page, 'day');
});

test('days are leafed through, and any day can be named', async ({ page }) => {
  await enter(page);
  await page.goto('/day');
  await hydrated(page);
  const shown = await page.getByLabel('Day', { exact: true }).inputValue();
  await page.getByRole('link', { name: 'Day before' }).click();
  await expect(page).toHaveURL(/day=\d{4}-\d\d-\d\d/);
  await expect(page.getByLabel('Day', { exact: true })).not.toHaveValue(shown);
  await page.getByRole('link', { name: 'Day after' }).click();
  await expect(page.getByLabel('Day', { exact: true })).toHaveValue(shown);

  // Five days back twin A did not wear the ring.
  const notWorn = new Date(`${shown}T00:00:00Z`);
  notWorn.setUTCDate(notWorn.getUTCDate() - 5);
  await page.getByLabel('Day', { exact: true }).fill(notWorn.toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(night(page).getByText('Not worn').first()).toBeVisible();
  await picture(page, 'day-not-worn');
});

test('one crosshair reads both twins, by pointer and by keys', async ({ page }) => {
  await enter(page);
  await page.goto('/day');
  await hydrated(page);
  const stage = night(page).getByRole('group', { name: /Arrow keys/ });
  const readout = night(page).locator('[aria-live="polite"]');
  const box = await stage.boundingBox();
  if (!box) throw new Error('no stage');
  await page.mouse.move(box.x + box.width / 2, box.y + 60);
  await expect(readout).toContainText(/\d\d:\d\d/);
  await expect(readout).toContainText(/bpm/);
  await picture(page, 'day-crosshair');
  const before = await readout.textContent();
  await stage.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(readout).not.toHaveText(before ?? '');
  await page.keyboard.press('Escape');
  await expect(readout).toContainText('Point at the chart');
});

test('two clocks, one at a time', async ({ page }) => {
  await enter(page);
  await page.goto('/day');
  await hydrated(page);
  await page.getByRole('link', { name: 'One clock' }).click();
  await expect(page).toHaveURL(/clock=shared/);
  await expect(page.getByText(/by one clock/)).toBeVisible();
  await page.getByRole('link', { name: 'Own clocks' }).click();
  await expect(page).not.toHaveURL(/clock=/);
});

test('a day that makes no sense is told, and the page works on', async ({ page }) => {
  await enter(page);
  await page.goto('/day?day=yesterday&clock=moon');
  await expect(page.getByText(/A date is written YYYY-MM-DD/)).toBeVisible();
  await expect(night(page)).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('pictures and tables read, days are links and a form', async ({ page }) => {
    await enter(page);
    await page.goto('/day');
    await expect(night(page).getByRole('img').and(page.locator(':visible'))).toHaveCount(1);
    await fitsTheScreen(page);
    await page.getByText('Table', { exact: true }).first().click();
    await expect(page.getByRole('columnheader', { name: 'A heart rate, bpm' })).toBeVisible();
    await picture(page, 'day-without-javascript');
    await page.getByRole('link', { name: 'Day before' }).click();
    await expect(page).toHaveURL(/day=/);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(page).toHaveURL(/\/day\?day=\d{4}-\d\d-\d\d/);
  });
});
