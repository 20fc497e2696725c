import type { Page } from '@playwright/test';
import { enter, expect, fitsTheScreen, hydrated, picture, test } from './house';

const chart = (page: Page) => page.locator('figure[data-chart="stack"]');
const rows = (page: Page) => page.locator('.chooser-list > li');
const pair = (page: Page) => page.getByRole('region', { name: /^Difference/ });

async function openMetrics(page: Page) {
  await page.getByText(/^\s*Metrics/).first().click();
}

test('lanes, the pair and altitude are there', { tag: '@looks' }, async ({ page }) => {
  await enter(page);
  await page.goto('/compare');
  await hydrated(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeAttached();
  await expect(chart(page).locator('svg[role="img"]:visible')).toHaveCount(1);
  for (const name of ['SpO₂', 'Resting HR', 'HRV', 'Respiratory rate', 'Sleep score', 'Stress']) {
    await expect(chart(page).locator('svg:visible text').filter({ hasText: name }).first()).toBeVisible();
  }
  await expect(pair(page).locator('tbody tr')).toHaveCount(9);
  await expect(page.getByRole('heading', { name: 'What it says' })).toBeVisible();
  await expect(page.getByText(/On the trip A’s SpO₂ was/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'At altitude', exact: true })).toBeVisible();
  await fitsTheScreen(page);
  await picture(page, 'compare');
});

test('one crosshair runs through all lanes, by pointer and by keys', async ({ page }) => {
  await enter(page);
  await page.goto('/compare');
  await hydrated(page);
  await expect(page.locator('figure[data-chart="stack"] .stage[data-live]')).toBeVisible();
  const readout = chart(page).locator('[aria-live="polite"]');
  const newest = await readout.textContent();
  const stage = chart(page).locator('.stack-stage');
  const box = await stage.boundingBox();
  if (!box) throw new Error('no stage');
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
  await expect(readout).not.toHaveText(newest ?? '');
  await picture(page, 'compare-hover');
  const hovered = await readout.textContent();
  await stage.focus();
  await page.keyboard.press('ArrowRight');
  await expect(readout).not.toHaveText(hovered ?? '');
  await page.keyboard.press('End');
  await expect(readout).toHaveText(newest ?? '');
  // Taking the chart over by script moves nothing.
  expect((await stage.boundingBox())?.height).toBeCloseTo(box.height, 0);
});

test('metrics are added, moved, removed, and stay in the address', async ({ page }) => {
  await enter(page);
  await page.goto('/compare?metrics=spo2_night,hrv_rmssd');
  await hydrated(page);
  await openMetrics(page);
  await expect(rows(page)).toHaveCount(2);
  await page.getByLabel('Add a metric').selectOption('steps');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(pair(page).locator('tbody tr')).toHaveCount(3);
  if (!(await page.locator('.chooser').evaluate((details: HTMLDetailsElement) => details.open))) {
    await openMetrics(page);
  }
  await page.getByRole('link', { name: 'Move Steps up' }).click();
  await expect(page).toHaveURL(/metrics=spo2_night,steps,hrv_rmssd/);
  await page.getByRole('link', { name: 'Remove SpO₂' }).click();
  await expect(page).toHaveURL(/metrics=steps,hrv_rmssd/);
  await expect(pair(page).locator('tbody tr')).toHaveCount(2);
  await picture(page, 'compare-chosen');
});

test('the pair is shown by level or by night, of any metric', { tag: '@looks' }, async ({ page }) => {
  await enter(page);
  await page.goto('/compare');
  await hydrated(page);
  await pair(page).getByRole('link', { name: 'By night' }).click();
  await expect(page).toHaveURL(/panel=night/);
  await pair(page).getByRole('link', { name: /^Resting HR/ }).click();
  await expect(page).toHaveURL(/metric=resting_heart_rate/);
  await expect(page.getByRole('heading', { name: /^Difference, A−B ?, Resting HR/ })).toBeVisible();
  await page.getByText('Details', { exact: true }).click();
  await expect(page.getByText('Concordance (Lin)')).toBeVisible();
  await picture(page, 'compare-by-night');
});

test('metrics that make no sense are told, and the page works on', async ({ page }) => {
  await enter(page);
  await page.goto('/compare?metrics=mood,steps&metric=luck&range=tomorrow');
  await expect(page.getByText(/There is no metric called mood/)).toBeVisible();
  await expect(page.getByText(/range is not one of/)).toBeVisible();
  await expect(pair(page).locator('tbody tr')).toHaveCount(1);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page reads, and metrics, ranges and pictures are links and a form', async ({ page }) => {
    await enter(page);
    await page.goto('/compare');
    await expect(chart(page).locator('svg[role="img"]:visible')).toHaveCount(1);
    await fitsTheScreen(page);
    await picture(page, 'compare-without-javascript');
    await openMetrics(page);
    await page.getByRole('link', { name: 'Remove Stress' }).click();
    await expect(pair(page).locator('tbody tr')).toHaveCount(8);
    await openMetrics(page);
    await page.getByLabel('Add a metric').selectOption('total_sleep');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(pair(page).locator('tbody tr')).toHaveCount(9);
    await pair(page).getByRole('link', { name: 'By night' }).click();
    await expect(page).toHaveURL(/panel=night/);
    await page.getByRole('link', { name: '7 d' }).click();
    await expect(page).toHaveURL(/range=7d.*panel=night/);
    await page.getByText('Values as a table').click();
    await expect(page.getByRole('table').filter({ hasText: 'Slept at' }).locator('tbody tr')).toHaveCount(7);
  });
});
