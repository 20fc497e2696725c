// The whole view is in the address: what is set by gesture opens again in another window.
import type { Page } from '@playwright/test';
import { expect, test } from './house';
import {
  day,
  figure,
  HEART,
  labels,
  looked,
  lookedNext,
  NIGHT,
  NIGHTS,
  openChart,
  pixels,
  place,
  pointedAt,
  ready,
  SAMPLES,
  stage,
  told,
  WORKOUT,
  type Chart,
} from './charts';

/** Looks closer at a part by dragging over it. */
async function drag(page: Page, chart: Chart, from = 0.3, to = 0.7) {
  const before = looked(page, chart);
  const [start, end] = [await place(page, chart, from), await place(page, chart, to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
  await lookedNext(page, chart, before);
  await page.mouse.move(2, 2);
}

/** How many pixels have anything on them. */
const inked = ({ bytes }: { bytes: Uint8Array }) => bytes.filter((value, at) => at % 4 === 3 && value > 0).length;

/** What the other window shows of a chart is what this one shows. */
async function sameElsewhere(page: Page, charts: Chart[]) {
  const other = await page.context().newPage();
  await other.setViewportSize(page.viewportSize() ?? { width: 1180, height: 820 });
  await other.goto(page.url());
  for (const chart of charts) {
    await ready(other, chart);
    await expect.poll(() => labels(other, chart)).toEqual(await labels(page, chart));
    await expect(told(other, chart)).toHaveText((await told(page, chart).textContent()) ?? '');
    await ready(page, chart);
    expect(await pointedAt(other, chart, 0.5)).toBe(await pointedAt(page, chart, 0.5));
    await expect(told(other, chart)).toHaveText((await told(page, chart).textContent()) ?? '');
    await page.mouse.move(2, 2);
    await other.mouse.move(2, 2);
  }
  expect(new URL(other.url()).search).toBe(new URL(page.url()).search);
  await other.close();
}

test.describe('in the address', { tag: '@rules' }, () => {
  test('comparing: stretch, mode and lines', async ({ page }) => {
    await openChart(page, NIGHTS);
    await drag(page, NIGHTS);
    const zoom = looked(page, NIGHTS);
    await page.getByRole('link', { name: 'Difference', exact: true }).click();
    await expect(page).toHaveURL(/mode=difference/);
    expect(looked(page, NIGHTS)).toEqual(zoom);
    await ready(page, NIGHTS);
    await sameElsewhere(page, [NIGHTS]);

    await page.getByRole('link', { name: 'Overlay', exact: true }).click();
    await page.locator('.chooser > summary').click();
    await page.getByRole('link', { name: 'Show Heart rate', exact: true }).click();
    await expect(page).toHaveURL(/lines=heart_rate/);
    expect(looked(page, NIGHTS)).toEqual(zoom);
    await ready(page, SAMPLES);
    await expect(figure(page, SAMPLES).locator('.stage-svg text', { hasText: 'Heart rate' }).first()).toBeAttached();
    await sameElsewhere(page, [SAMPLES]);

    await page.getByRole('link', { name: 'Side by side' }).click();
    await expect(page).toHaveURL(/mode=side/);
    await ready(page, NIGHTS);
    await sameElsewhere(page, [NIGHTS]);
  });

  test('comparing: which twins are shown', async ({ page }) => {
    await openChart(page, NIGHTS);
    const chip = (of: Page, name: string) => of.getByRole('group', { name: 'Twins shown' }).getByRole('button', { name });
    const canvas = (of: Page) => stage(of, NIGHTS).locator('canvas').first();
    const both = await pixels(canvas(page));
    await chip(page, 'A Twin A').click();
    await expect(page).toHaveURL(/twin=b/);
    await expect(chip(page, 'A Twin A')).toHaveAttribute('aria-pressed', 'false');
    await expect(chip(page, 'B Twin B')).toHaveAttribute('aria-pressed', 'true');
    await ready(page, NIGHTS);
    const alone = await pixels(canvas(page));
    // The same place for the same scales, with less on it.
    expect([alone.width, alone.height]).toEqual([both.width, both.height]);
    expect(inked(alone)).toBeLessThan(inked(both));
    await sameElsewhere(page, [NIGHTS]);
    // The last one stays; the other comes back by key.
    await chip(page, 'B Twin B').click();
    await expect(page).toHaveURL(/twin=b/);
    await chip(page, 'A Twin A').press('Enter');
    await expect(page).not.toHaveURL(/twin=/);
    await ready(page, NIGHTS);
    expect(inked(await pixels(canvas(page)))).toBe(inked(both));
    // A difference is of both.
    await page.getByRole('link', { name: 'Difference', exact: true }).click();
    await expect(chip(page, 'A Twin A')).toBeDisabled();
  });

  test('comparing: going back undoes what was opened, not every gesture', async ({ page }) => {
    await openChart(page, NIGHTS);
    await page.getByRole('link', { name: 'Difference', exact: true }).click();
    await expect(page).toHaveURL(/mode=difference/);
    await ready(page, NIGHTS);
    await drag(page, NIGHTS);
    await drag(page, NIGHTS);
    await page.goBack();
    await expect(page).not.toHaveURL(/mode=difference|zoom=/);
    await ready(page, NIGHTS);
    await expect(stage(page, NIGHTS)).not.toHaveClass(/is-closer/);
  });

  test('a day: both stretches and how the nights are aligned', async ({ page }) => {
    await openChart(page, NIGHT);
    await page.getByRole('link', { name: 'From falling asleep' }).click();
    await expect(page).toHaveURL(/align=onset/);
    await ready(page, NIGHT);
    await expect(stage(page, NIGHT).locator('.stage-svg text', { hasText: /^0.h$/ }).first()).toBeAttached();
    await drag(page, NIGHT);
    await ready(page, HEART);
    await drag(page, HEART);
    const [night, zoom] = [looked(page, NIGHT), looked(page, HEART)];
    expect(night).toBeDefined();
    expect(zoom).toBeDefined();
    const other = await page.context().newPage();
    await other.goto(page.url());
    for (const chart of [NIGHT, HEART]) {
      await ready(other, chart);
      await expect.poll(() => labels(other, chart)).toEqual(await labels(page, chart));
    }
    await other.close();
    // By the clock the night is looked at as a whole, the day as before.
    await page.getByRole('link', { name: 'By clock' }).click();
    await expect(page).not.toHaveURL(/align=/);
    expect(looked(page, NIGHT)).toBeUndefined();
    expect(looked(page, HEART)).toEqual(zoom);
    await ready(page, HEART);
    await sameElsewhere(page, [NIGHT, HEART]);
  });

  test('a workout: the stretch and both in one', async ({ page }) => {
    await openChart(page, WORKOUT);
    await drag(page, WORKOUT);
    const zoom = looked(page, WORKOUT);
    await page.getByRole('link', { name: 'In one' }).click();
    await expect(page).toHaveURL(/view=together/);
    expect(looked(page, WORKOUT)).toEqual(zoom);
    await ready(page, WORKOUT);
    await sameElsewhere(page, [WORKOUT]);
    await page.locator('.workout-lines[data-subject="a"] a').first().click();
    await expect(page).toHaveURL(/\/workouts\/\d+-polar-/);
    await ready(page, WORKOUT);
    await drag(page, WORKOUT);
    await sameElsewhere(page, [WORKOUT]);
  });

  test('what makes no sense is told, and all is shown', async ({ page }) => {
    await openChart(page, NIGHTS);
    await page.goto('/compare?zoom=near&mode=sideways&lines=mood');
    for (const sentence of ['There is no such mode', 'names no stretch to look at', 'names a line that there is not']) {
      await expect(page.getByText(sentence).first()).toBeVisible();
    }
    await ready(page, NIGHTS);
    await expect(stage(page, NIGHTS)).not.toHaveClass(/is-closer/);
    await page.goto('/day?night=soon&zoom=2026-13-01T00:00..2026-13-02T00:00&align=left');
    await expect(page.getByText('names no stretch to look at').first()).toBeVisible();
    await expect(page.getByText('Nights are aligned by clock or by onset').first()).toBeVisible();
    await ready(page, NIGHT);
    await page.goto(`${WORKOUT.path()}&zoom=..`);
    await expect(page.getByText('names no stretch to look at').first()).toBeVisible();
    await ready(page, WORKOUT);
  });

  test('a stretch beyond all data is brought back to them', async ({ page }) => {
    await openChart(page, NIGHTS);
    for (const [chart, path] of [
      [NIGHTS, NIGHTS.path()],
      [SAMPLES, SAMPLES.path()],
      [HEART, HEART.path()],
      [WORKOUT, WORKOUT.path()],
    ] as [Chart, string][]) {
      for (const stretch of ['1970-01-01T00:00..1970-01-02T00:00', '0001-01-01T00:00..9999-12-31T23:59', `${day(-3)}T10:00:00..${day(-3)}T10:00:01`]) {
        await page.goto(`${path}&${chart.parameter}=${stretch}`);
        await ready(page, chart);
        const texts = await labels(page, chart);
        expect(texts.length).toBeGreaterThan(3);
        expect(texts.filter((text) => /NaN|inf|undefined/i.test(text))).toEqual([]);
        await pointedAt(page, chart, 0.5);
      }
    }
  });
});
