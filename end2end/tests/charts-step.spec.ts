// Crosshairs in step: one instant, wherever it is shown.
import type { Page } from '@playwright/test';
import { expect, test } from './house';
import { figure, HEART, NIGHT, NIGHTS, openChart, place, pointedAt, ready, SAMPLES, stage, told, uprights } from './charts';

const pair = (page: Page) => page.getByRole('region', { name: /^Difference/ });
/** The pair's picture, shape by shape: the night that is marked is among them. */
const drawn = (page: Page) =>
  pair(page)
    .locator('svg.drawing path')
    .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')).join(' '));

test.describe('in step', { tag: '@rules' }, () => {
  test('the night and the day have one crosshair, whichever is pointed at', async ({ page }) => {
    await openChart(page, NIGHT);
    for (const [pointed, other] of [
      [NIGHT, HEART],
      [HEART, NIGHT],
    ]) {
      await ready(page, pointed);
      // The night's last hours are the day's first.
      const share = pointed === NIGHT ? 0.7 : 0.12;
      const at = await pointedAt(page, pointed, share);
      expect(await other.instant(page)).toBe(at);
      expect(await uprights(page, pointed)).toHaveLength(1);
      expect(await uprights(page, other)).toHaveLength(1);
      await page.mouse.move(2, 2);
      await expect(told(page, other)).toHaveText(other.rest);
      expect(await uprights(page, other)).toEqual([]);
    }
    // The day's afternoon is no part of the night.
    await ready(page, HEART);
    await pointedAt(page, HEART, 0.8);
    await expect(told(page, NIGHT)).toHaveText(NIGHT.rest);
  });

  test('since falling asleep, the night has a crosshair of its own', async ({ page }) => {
    await openChart(page, NIGHT);
    await page.getByRole('link', { name: 'From falling asleep' }).click();
    await expect(page).toHaveURL(/align=onset/);
    await ready(page, NIGHT);
    const { x, y } = await place(page, NIGHT, 0.5);
    await page.mouse.move(x, y);
    await expect(told(page, NIGHT)).toContainText(/after sleep onset/);
    await expect(told(page, HEART)).toHaveText(HEART.rest);
    expect(await uprights(page, NIGHT)).toHaveLength(1);
  });

  test('the pair marks the night the stack stands on', async ({ page }) => {
    await openChart(page, NIGHTS);
    const rest = await drawn(page);
    await pointedAt(page, NIGHTS, 0.3);
    await expect.poll(() => drawn(page)).not.toBe(rest);
    const one = await drawn(page);
    await pointedAt(page, NIGHTS, 0.6);
    await expect.poll(() => drawn(page)).not.toBe(one);
    await page.mouse.move(2, 2);
    await expect.poll(() => drawn(page)).toBe(rest);
  });

  test('side by side, both columns have the crosshair at the same place', async ({ page }) => {
    await openChart(page, NIGHTS);
    await page.getByRole('link', { name: 'Side by side' }).click();
    await expect(page).toHaveURL(/mode=side/);
    await ready(page, NIGHTS);
    const left = await pointedAt(page, NIGHTS, 0.2);
    const [inA, inB, ...more] = await uprights(page, NIGHTS);
    expect(more).toEqual([]);
    expect(inA).toBeLessThan(0.5);
    expect(inB).toBeGreaterThan(0.4);
    // Pointing at the other column's line is pointing at the same night.
    const box = await stage(page, NIGHTS).boundingBox();
    expect(await pointedAt(page, NIGHTS, inB)).toBe(left);
    const again = await uprights(page, NIGHTS);
    expect(again).toHaveLength(2);
    expect(Math.abs(again[0] - inA) * (box?.width ?? 0)).toBeLessThan(3);
  });

  test('nights and samples of one stack share the crosshair', async ({ page }) => {
    await openChart(page, SAMPLES, true);
    const at = await pointedAt(page, SAMPLES, 0.45);
    expect(await uprights(page, SAMPLES)).toHaveLength(1);
    // The night that is told is the one nearest to the instant.
    const night = await NIGHTS.instant(page);
    expect(Math.abs((night ?? 0) - at)).toBeLessThan(86_400_000);
    const values = figure(page, SAMPLES).locator('.stage-over text');
    await expect(values.filter({ hasText: /\d+/ }).first()).toBeAttached();
    expect(await values.count()).toBeGreaterThanOrEqual(4);
  });
});
