// The charts by mouse: pointing, looking closer, moving on, and back.
import { expect, test } from './house';
import {
  CHARTS,
  frame,
  HEART,
  looked,
  lookedNext,
  near,
  openChart,
  place,
  pointedAt,
  showsAll,
  span,
  stage,
  told,
} from './charts';

test.describe('by mouse', { tag: '@rules' }, () => {
  for (const chart of CHARTS) {
    test(`${chart.name}: pointing tells, going away ends it`, async ({ page }) => {
      await openChart(page, chart);
      await expect(told(page, chart)).toHaveText(chart.rest);
      const rest = (await told(page, chart).textContent()) ?? '';
      const earlier = await pointedAt(page, chart, 0.35);
      await expect(told(page, chart)).not.toHaveText(rest);
      const later = await pointedAt(page, chart, 0.6);
      expect(later).toBeGreaterThan(earlier);
      await page.mouse.move(2, 2);
      await expect(told(page, chart)).toHaveText(rest);

      // A stretch that is dragged over can be thought better of.
      const [start, end] = [await place(page, chart, 0.35), await place(page, chart, 0.65)];
      await stage(page, chart).focus();
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move(end.x, end.y, { steps: 3 });
      await page.keyboard.press('Escape');
      await expect(stage(page, chart).locator('.stage-chosen.is-choosing')).toHaveCount(0);
      await page.mouse.up();
      await frame(page);
      expect(looked(page, chart)).toBeUndefined();
    });

    test(`${chart.name}: dragging looks at what is dragged over, twice clicked shows all, and so do buttons`, async ({ page }) => {
      await openChart(page, chart);
      const [from, to] = [await pointedAt(page, chart, 0.35), await pointedAt(page, chart, 0.65)];
      const [start, end] = [await place(page, chart, 0.35), await place(page, chart, 0.65)];
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move((start.x + end.x) / 2, end.y);
      await page.mouse.move(end.x, end.y, { steps: 3 });
      await expect(stage(page, chart).locator('.stage-chosen.is-choosing')).toBeVisible();
      await page.mouse.up();
      await expect(stage(page, chart).locator('.stage-chosen.is-choosing')).toHaveCount(0);
      const seen = await lookedNext(page, chart, undefined);
      if (!seen) throw new Error('the address says nothing');
      const pixelMs = span(seen) / (end.x - start.x);
      near(seen[0], from, chart.snapMs + 2 * pixelMs, 'from');
      near(seen[1], to, chart.snapMs + 2 * pixelMs, 'to');
      await expect(stage(page, chart)).toHaveClass(/is-closer/);
      await page.mouse.dblclick(start.x, start.y);
      await showsAll(page, chart);
      await page.mouse.move(2, 2);

      // Buttons do as much.
      const tools = stage(page, chart).locator('xpath=ancestor::figure').getByRole('group', { name: 'Zoom' });
      const [closer, further, all] = ['Look closer', 'Look from further away', 'Show all'].map((name) =>
        tools.getByRole('button', { name, exact: true }),
      );
      await expect(further).toBeDisabled();
      await expect(all).toBeDisabled();
      await closer.click();
      const once = await lookedNext(page, chart, undefined);
      await closer.click();
      const twice = await lookedNext(page, chart, once);
      if (!once || !twice) throw new Error('the address says nothing');
      expect(span(once) / span(twice)).toBeCloseTo(1.6, 1);
      near((once[0] + once[1]) / 2, (twice[0] + twice[1]) / 2, 120_000, 'the middle stays');
      await further.click();
      const back = await lookedNext(page, chart, twice);
      if (!back) throw new Error('the address says nothing');
      near(back[0], once[0], 120_000, 'from');
      await all.click();
      await showsAll(page, chart);
      await expect(all).toBeDisabled();
    });

    test(`${chart.name}: a wheel with Ctrl zooms about the pointer, dragging with Shift moves on`, async ({ page }) => {
      await openChart(page, chart, true);
      const before = looked(page, chart);
      if (!before) throw new Error('the address says nothing');
      const under = await pointedAt(page, chart, 0.42);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -100);
      const closer = await lookedNext(page, chart, before);
      if (!closer) throw new Error('the address says nothing');
      // A turn of 100 px is so much closer.
      expect(span(before) / span(closer)).toBeCloseTo(1.35, 1);
      await page.mouse.move(2, 2);
      near(await pointedAt(page, chart, 0.42), under, chart.snapMs, 'under the pointer');
      await page.mouse.wheel(0, 100);
      const back = await lookedNext(page, chart, closer);
      await page.keyboard.up('Control');
      if (!back) throw new Error('the address says nothing');
      near(back[0], before[0], 120_000, 'from');
      near(back[1], before[1], 120_000, 'to');

      // With Shift, dragging moves what is shown.
      const held = await pointedAt(page, chart, 0.45);
      const [start, end] = [await place(page, chart, 0.45), await place(page, chart, 0.6)];
      await page.keyboard.down('Shift');
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move(end.x, end.y, { steps: 6 });
      await page.mouse.up();
      await page.keyboard.up('Shift');
      const after = await lookedNext(page, chart, back);
      if (!after) throw new Error('the address says nothing');
      expect(after[0]).toBeLessThan(back[0]);
      near(span(after), span(back), 120_000, 'as much');
      // What was under the pointer came with it.
      near(await pointedAt(page, chart, 0.6), held, chart.snapMs, 'what was held');
      await expect(stage(page, chart).locator('.stage-chosen.is-choosing')).toHaveCount(0);
    });
  }

  test('a wheel scrolls the page until the chart was clicked into', async ({ page }) => {
    await openChart(page, HEART);
    const { x, y } = await place(page, HEART, 0.5);
    await page.mouse.move(x, y);
    const top = await page.evaluate(() => window.scrollY);
    await page.mouse.wheel(0, -60);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeLessThan(top);
    await frame(page);
    expect(looked(page, HEART)).toBeUndefined();
    const again = await place(page, HEART, 0.5);
    await page.mouse.click(again.x, again.y);
    const rested = await page.evaluate(() => window.scrollY);
    await page.mouse.wheel(0, -100);
    const closer = await lookedNext(page, HEART, undefined);
    expect(closer && span(closer)).toBeLessThan(86_400_000);
    expect(await page.evaluate(() => window.scrollY)).toBe(rested);
    // Sideways moves what is shown.
    await page.mouse.wheel(-120, 0);
    const moved = await lookedNext(page, HEART, closer);
    expect(moved && closer && moved[0] - closer[0]).toBeLessThan(0);
  });
});
