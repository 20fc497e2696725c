// The charts by keys alone: the crosshair, looking closer, and what is told against the page's own tables.
import type { Page } from '@playwright/test';
import { expect, test } from './house';
import {
  type Chart,
  CHARTS,
  figure,
  frame,
  HEART,
  looked,
  lookedNext,
  near,
  NIGHT,
  NIGHTS,
  openChart,
  SAMPLES,
  showsAll,
  span,
  stage,
  told,
  WORKOUT,
} from './charts';

/** Presses a key so often, and waits for what it does. */
async function press(page: Page, key: string, times = 1) {
  for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
  await frame(page);
}

/** The table's rows, cell by cell, in order of time. */
async function rows(page: Page, chart: Chart): Promise<{ head: string; cells: string[] }[]> {
  return figure(page, chart)
    .locator('table tbody tr')
    .evaluateAll((all) =>
      all.map((row) => ({
        head: row.querySelector('th')?.textContent?.trim() ?? '',
        cells: [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? ''),
      })),
    );
}

test.describe('by keys', { tag: '@rules' }, () => {
  for (const chart of CHARTS) {
    test(`${chart.name}: the ends, closer, further and all`, async ({ page }) => {
      await openChart(page, chart);
      await stage(page, chart).focus();
      await press(page, 'Home');
      const first = await chart.instant(page);
      // The last midnight of a day is told as the first.
      await press(page, 'End');
      await press(page, 'ArrowLeft');
      const last = await chart.instant(page);
      if (first === undefined || last === undefined) throw new Error('nothing is told');
      expect(last).toBeGreaterThan(first);
      await press(page, 'Home');
      await press(page, 'ArrowRight');
      const next = (await chart.instant(page)) ?? Number.NaN;
      expect(next).toBeGreaterThan(first);
      await press(page, 'Shift+ArrowRight');
      const further = (await chart.instant(page)) ?? Number.NaN;
      expect(further - next, 'Shift goes further').toBeGreaterThan(next - first);
      // And back, by as much.
      await press(page, 'Home');
      for (const there of ['ArrowRight', 'Shift+ArrowRight']) {
        await press(page, there);
        await press(page, there.replace('Right', 'Left'));
        expect(await chart.instant(page), there).toBe(first);
      }

      // Closer about the crosshair, which stays in sight.
      await press(page, 'ArrowRight');
      const stands = (await chart.instant(page)) ?? Number.NaN;
      await press(page, '+');
      const closer = await lookedNext(page, chart, undefined);
      await press(page, '+');
      const closest = await lookedNext(page, chart, closer);
      if (!closer || !closest) throw new Error('the address says nothing');
      expect(span(closer) / span(closest)).toBeCloseTo(1.6, 1);
      expect(await chart.instant(page)).toBe(stands);
      expect(closest[0]).toBeLessThanOrEqual(stands + chart.snapMs);
      expect(closest[1]).toBeGreaterThanOrEqual(stands - chart.snapMs);
      await press(page, '-');
      const back = await lookedNext(page, chart, closest);
      if (!back) throw new Error('the address says nothing');
      near(back[0], closer[0], 120_000, 'from');
      await press(page, '0');
      await showsAll(page, chart);

      // Escape takes one thing away at a time.
      await press(page, '+', 2);
      await lookedNext(page, chart, undefined);
      const rest = (await told(page, chart).textContent()) ?? '';
      await press(page, 'Escape');
      await expect(told(page, chart)).not.toHaveText(rest);
      expect(looked(page, chart), 'the first takes the crosshair').toBeDefined();
      await press(page, 'Escape');
      await showsAll(page, chart);
    });

    test(`${chart.name}: an arrow past the edge brings what is there into sight`, async ({ page }) => {
      await openChart(page, chart, true);
      const before = looked(page, chart);
      if (!before) throw new Error('the address says nothing');
      await stage(page, chart).focus();
      await press(page, 'Home');
      const after = await lookedNext(page, chart, before);
      if (!after) throw new Error('the address says nothing');
      expect(after[0]).toBeLessThan(before[0]);
      near(span(after), span(before), 120_000, 'as much');
      const stands = (await chart.instant(page)) ?? Number.NaN;
      expect(stands).toBeGreaterThanOrEqual(after[0] - chart.snapMs);
      expect(stands).toBeLessThanOrEqual(after[1] + chart.snapMs);
    });
  }

  test('every night is told as the table has it', async ({ page }) => {
    await openChart(page, NIGHTS);
    await stage(page, NIGHTS).focus();
    // The newest night first.
    const nights = (await rows(page, NIGHTS)).reverse();
    expect(nights.length).toBeGreaterThan(7);
    await press(page, 'Home');
    for (const night of nights) {
      const text = (await told(page, NIGHTS).textContent()) ?? '';
      const [date] = night.head.split(',');
      expect(text).toContain(date);
      // SpO₂ is what is spelled out.
      const [, a, b] = night.cells;
      expect(text.replaceAll('\u{a0}', ' ')).toContain(`A ${a}, B ${b}`.replaceAll('\u{a0}', ' ').replaceAll(', partial', ''));
      await press(page, 'ArrowRight');
    }
    // Seven nights at once with Shift.
    await press(page, 'Home');
    await press(page, 'Shift+ArrowRight');
    await expect(told(page, NIGHTS)).toContainText(nights[7].head.split(',')[0]);
  });

  test('a workout is told as the table has it', async ({ page }) => {
    await openChart(page, WORKOUT, true);
    await stage(page, WORKOUT).focus();
    const minutes = (await rows(page, WORKOUT)).slice(2, 6);
    expect(minutes).toHaveLength(4);
    await press(page, 'Home');
    const first = (await WORKOUT.instant(page)) ?? Number.NaN;
    for (const minute of minutes) {
      const wanted = Date.parse(new Date(first).toISOString().slice(0, 11) + `${minute.head.slice(0, 5)}:00Z`);
      let at = (await WORKOUT.instant(page)) ?? Number.NaN;
      // Long steps there, then short ones.
      for (const [key, stepMs] of [['Shift+ArrowRight', 600_000], ['ArrowRight', 30_000]] as const) {
        await press(page, key, Math.max(0, Math.floor((wanted - at) / stepMs)));
        at = (await WORKOUT.instant(page)) ?? Number.NaN;
      }
      expect(wanted - at, 'as near as steps get').toBeLessThan(30_000);
      await press(page, '+', 4);
      await press(page, 'ArrowRight', Math.round((wanted - at) / 5_000));
      await press(page, '-', 4);
      const text = ((await told(page, WORKOUT).textContent()) ?? '').replaceAll('\u{a0}', ' ');
      expect(text).toContain(minute.head.slice(0, 5));
      for (const cell of minute.cells.slice(1, 3)) {
        expect(text, `${minute.head} as in the table`).toContain(cell.replaceAll('\u{a0}', ' ').split(',')[0]);
      }
    }
  });

  test('the crosshair of the night and of the day is one', async ({ page }) => {
    await openChart(page, NIGHT);
    await stage(page, NIGHT).focus();
    await press(page, 'End');
    const stands = await NIGHT.instant(page);
    expect(stands).toBeDefined();
    expect(await HEART.instant(page)).toBe(stands);
    await press(page, 'Shift+ArrowLeft');
    const earlier = await NIGHT.instant(page);
    expect(earlier).toBeLessThan(stands ?? 0);
    expect(await HEART.instant(page)).toBe(earlier);
    await press(page, 'Escape');
    await expect(told(page, NIGHT)).toHaveText(NIGHT.rest);
    await expect(told(page, HEART)).toHaveText(HEART.rest);
  });

  test('the closer one looks at samples, the finer are the steps', async ({ page }) => {
    await openChart(page, SAMPLES, true);
    await stage(page, SAMPLES).focus();
    const step = async () => {
      await press(page, 'ArrowRight');
      const from = (await SAMPLES.instant(page)) ?? Number.NaN;
      await press(page, 'ArrowRight');
      return ((await SAMPLES.instant(page)) ?? Number.NaN) - from;
    };
    expect(await step()).toBe(300_000);
    const before = looked(page, SAMPLES);
    await press(page, '+', 2);
    await lookedNext(page, SAMPLES, before);
    expect(await step()).toBe(60_000);
  });
});
