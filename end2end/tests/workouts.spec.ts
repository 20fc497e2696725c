import { enter, expect, fitsTheScreen, hydrated, picture, test } from './house';

/** A day of the demo by its distance from the demo's today, which is the ninth of its trek. */
function day(fromToday: number): string {
  const today = new Date();
  today.setUTCDate(today.getUTCDate() + fromToday);
  return today.toISOString().slice(0, 10);
}

test('a week of both twins, and the heart rate of the day it opens onto', { tag: '@looks' }, async ({ page }) => {
  await enter(page);
  const hike = day(-4);
  await page.goto(`/workouts?week=${hike}&day=${hike}`);
  await hydrated(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.locator('table.week tbody tr')).toHaveCount(7);
  const row = page.locator(`table.week tr[data-day="${hike}"]`);
  await expect(row.locator('a[aria-current="true"]')).toBeVisible();
  for (const twin of ['a', 'b']) {
    const load = row.locator(`[data-subject="${twin}"] [data-value]`);
    expect(Number(await load.getAttribute('data-value'))).toBeGreaterThan(0);
  }
  const figure = page.locator('figure[data-chart="workout_heart_rate"]');
  await expect(figure.locator('svg[role="img"]:visible')).toHaveAttribute('aria-label', /Heart rate from/);
  for (const name of ['cardio_load', 'trimp_edwards', 'average_heart_rate']) {
    const cells = page.locator(`tr[data-figure="${name}"] td`);
    await expect(cells).toHaveCount(2);
    await expect(cells.first()).toHaveText(/\d/);
  }
  await expect(page.locator('figure[data-chart="training_load"] svg:visible')).toHaveCount(2);
  await fitsTheScreen(page);
  await picture(page, 'workouts');
});

test('the crosshair is read out, by pointer and by keys', async ({ page }) => {
  await enter(page);
  const hike = day(-4);
  await page.goto(`/workouts?week=${hike}&day=${hike}`);
  await hydrated(page);
  const readout = page.locator('.trace-readout');
  await expect(readout).toContainText('Average');
  const stage = page.locator('.trace-stage');
  await stage.scrollIntoViewIfNeeded();
  const box = await stage.boundingBox();
  if (!box) throw new Error('no trace');
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.4);
  await expect(readout).toContainText(/\d\d:\d\d:\d\d/);
  await expect(readout).toContainText('bpm');
  await picture(page, 'workouts-crosshair');
  const pointed = await readout.textContent();
  await stage.focus();
  await page.keyboard.press('ArrowRight');
  await expect(readout).not.toHaveText(pointed ?? '');
  await page.keyboard.press('Escape');
  await expect(readout).toContainText('Average');
});

test('weeks, days, kinds and means are in the address', async ({ page }) => {
  await enter(page);
  const home = day(-14);
  await page.goto(`/workouts?week=${home}`);
  await hydrated(page);
  await page.getByRole('link', { name: 'Walking' }).click();
  await expect(page).toHaveURL(/activity=walking/);
  await expect(page.getByText('No walking').first()).toBeVisible();
  await page.getByRole('link', { name: 'All workouts' }).click();
  await expect(page).not.toHaveURL(/activity=walking/);
  await page.getByRole('link', { name: 'Next week' }).click();
  await expect(page).toHaveURL(/week=\d{4}-W\d\d/);
  await page.locator('table.week tbody th a').nth(1).click();
  await expect(page).toHaveURL(/day=\d{4}-\d\d-\d\d/);
  await page.getByRole('link', { name: 'In one' }).click();
  await expect(page).toHaveURL(/view=together/);
  await picture(page, 'workouts-together');
  await page.getByRole('link', { name: 'B alone' }).click();
  await expect(page).toHaveURL(/view=b/);
  const traces = page.locator('[data-chart="workout_heart_rate"] .stage-svg').first();
  await expect(traces).not.toHaveAccessibleName(/, A: /);
  await expect(traces).toHaveAccessibleName(/, B: \d+ to \d+ bpm/);
  await picture(page, 'workouts-alone');
  await page.getByRole('link', { name: 'In one' }).click();
  await page.getByRole('link', { name: 'Weighted, EWMA' }).click();
  await expect(page).toHaveURL(/mean=ewma/);
});

test('one workout has a page of its own', { tag: '@looks' }, async ({ page }) => {
  await enter(page);
  const hike = day(-4);
  await page.goto(`/workouts?week=${hike}&day=${hike}`);
  await hydrated(page);
  await page.locator('.workout-lines[data-subject="a"] a').first().click();
  await expect(page).toHaveURL(/\/workouts\/\d+-polar-/);
  await expect(page.locator('figure[data-chart="workout_heart_rate"]')).toBeVisible();
  await expect(page.getByText('Told by Polar and Oura')).toHaveCount(2);
  await fitsTheScreen(page);
  await picture(page, 'workout');
  await page.getByRole('link', { name: 'The week' }).click();
  await expect(page).toHaveURL(new RegExp(`day=${hike}`));
});

test('what the address gets wrong is told, and the page works on', async ({ page }) => {
  await enter(page);
  await page.goto('/workouts?week=soon&activity=flying');
  await expect(page.getByText(/A week is written/)).toBeVisible();
  await expect(page.locator('table.week')).toBeVisible();
  const response = await page.goto('/workouts/1-polar-nobody');
  expect(response?.status()).toBe(404);
  await expect(page.getByText('There is no such workout')).toBeVisible();
  await picture(page, 'workout-not-found');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the week reads, and days and tables open', async ({ page }) => {
    await enter(page);
    const hike = day(-4);
    await page.goto(`/workouts?week=${hike}`);
    await page.locator(`table.week tr[data-day="${hike}"] th a`).click();
    await expect(page).toHaveURL(new RegExp(`day=${hike}`));
    await expect(page.locator('figure[data-chart="workout_heart_rate"] svg[role="img"]:visible')).toBeVisible();
    await page.locator('.trace-data summary').click();
    await expect(page.locator('.trace-data table')).toBeVisible();
    await fitsTheScreen(page);
    await picture(page, 'workouts-without-javascript');
  });
});
