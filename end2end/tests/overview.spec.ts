import { enter, expect, fitsTheScreen, hydrated, picture, signIn, test } from './house';

const METRICS = ['readiness_score', 'spo2_night', 'resting_heart_rate', 'hrv_rmssd', 'respiratory_rate', 'sleep_score'];

test('six tiles, both twins, the alarm and the chart', { tag: '@looks' }, async ({ page }) => {
  await signIn(page);
  await hydrated(page);
  for (const metric of METRICS) {
    for (const twin of ['a', 'b']) {
      const value = page.locator(`article[data-metric="${metric}"] [data-subject="${twin}"] [data-value]`);
      await expect(value).toBeVisible();
      expect(Number(await value.getAttribute('data-value'))).toBeGreaterThan(0);
    }
  }
  const alarm = page.locator('[role="alert"][data-priority="medium"]').first();
  await expect(alarm).toContainText('Twin B');
  await expect(alarm).toContainText('SpO₂');
  await expect(page.locator('figure[data-chart="spo2_night"]')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
  await expect(page.getByText(/^Day 9/).first()).toBeVisible();
  // Each twin is explained, the most urgent first, and each clause leads to its chart.
  const status = page.locator('[data-status="b"]');
  await expect(status.getByRole('link').first()).toContainText(/SpO₂ .* below the .* limit/);
  await expect(status.getByRole('link').first()).toHaveAttribute('href', /metric=spo2_night/);
  await expect(status).toContainText(/By SpO₂ limit/);
  await expect(page.locator('[data-status="a"]')).toBeAttached();
  await fitsTheScreen(page);
  await picture(page, 'overview');
  await page.getByText('The rules', { exact: true }).click();
  await expect(page.getByText('The night’s average is below a limit set for this twin.')).toBeVisible();
});

test('range and metric change, stay in the address, and are remembered', async ({ page }) => {
  await signIn(page);
  await hydrated(page);
  await page.getByRole('link', { name: '7 d' }).click();
  await expect(page).toHaveURL(/range=7d/);
  await page.locator('article[data-metric="hrv_rmssd"]').click();
  await expect(page).toHaveURL(/metric=hrv_rmssd/);
  await expect(page.locator('figure[data-chart="hrv_rmssd"]')).toBeVisible();
  await picture(page, 'overview-hrv-7d');
  // What it shows is looked into in the comparison, over the same days.
  await page.getByRole('link', { name: 'Look closer at HRV, nightly average RMSSD' }).click();
  await expect(page).toHaveURL(/\/compare\?range=7d&metrics=hrv_rmssd$/);
  await expect(page.locator('figure[data-chart="stack"]')).toBeVisible();
  await page.goto('/');
  await hydrated(page);
  await expect(page.locator('figure[data-chart="hrv_rmssd"]')).toBeVisible();
  await expect(page).toHaveURL(/range=7d/);
  for (const [name, id] of [['14 d', '14d'], ['All', 'all'], ['Trip', 'trip']]) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`range=${id}`));
    await picture(page, `overview-hrv-${id}`);
  }
});

test('a range or metric that makes no sense is told, and the page works on', async ({ page }) => {
  await enter(page);
  await page.goto('/?range=tomorrow&metric=mood');
  await expect(page.locator('article[data-metric]')).toHaveCount(6);
  await expect(page.getByText(/range is not one of/)).toBeVisible();
  await picture(page, 'overview-bad-query');
});

test('the readout follows the pointer and the keys', async ({ page }) => {
  await signIn(page);
  await hydrated(page);
  const chart = page.locator('figure[data-chart="spo2_night"]');
  // The canvas has taken over.
  await expect(page.locator('figure .stage[data-live]')).toBeVisible();
  const readout = chart.locator('[aria-live="polite"]');
  const newest = await readout.textContent();
  const plot = chart.locator('[tabindex="0"]').first();
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error('no plot');
  await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.4);
  await expect(readout).not.toHaveText(newest ?? '');
  await picture(page, 'overview-hover');
  const hovered = await readout.textContent();
  await plot.focus();
  await page.keyboard.press('ArrowRight');
  await expect(readout).not.toHaveText(hovered ?? '');
});

test('the theme is chosen and stays', { tag: '@looks' }, async ({ page }) => {
  await signIn(page);
  await hydrated(page);
  const scheme = test.info().project.use.colorScheme === 'dark' ? 'light' : 'dark';
  await page.getByRole('button', { name: /theme/i }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
  await picture(page, `overview-${scheme}`);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
});

test('an address without a page is a 404 page', async ({ page }) => {
  await signIn(page);
  const response = await page.goto('/summit');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await picture(page, 'not-found');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page reads, and ranges and metrics are links', async ({ page }) => {
    await signIn(page);
    await expect(page.locator('article[data-metric]')).toHaveCount(6);
    await expect(page.locator('figure[data-chart="spo2_night"] svg[role="img"]:visible')).toBeVisible();
    await picture(page, 'overview-without-javascript');
    await page.getByRole('link', { name: '14 d' }).click();
    await expect(page).toHaveURL(/range=14d/);
    await page.goto('/?metric=resting_heart_rate');
    await expect(page.locator('figure[data-chart="resting_heart_rate"]')).toBeVisible();
  });
});
