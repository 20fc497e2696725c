// The charts by fingers: touched through the browser's debugger, as a screen reports them.
import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './house';
import {
  type Chart,
  CHARTS,
  frame,
  HEART,
  looked,
  lookedNext,
  near,
  openChart,
  place,
  showsAll,
  span,
  stage,
  told,
} from './charts';

interface Finger {
  x: number;
  y: number;
}

/** Fingers on the glass. */
class Hand {
  private constructor(private readonly client: CDPSession) {}

  static async of(page: Page): Promise<Hand> {
    return new Hand(await page.context().newCDPSession(page));
  }

  private async touch(type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: Finger[]) {
    const touchPoints = fingers.map(({ x, y }, id) => ({ x, y, id }));
    await this.client.send('Input.dispatchTouchEvent', { type, touchPoints });
  }

  down = (...fingers: Finger[]) => this.touch('touchStart', fingers);
  move = (...fingers: Finger[]) => this.touch('touchMove', fingers);
  up = (...left: Finger[]) => this.touch('touchEnd', left);

  async tap(at: Finger) {
    await this.down(at);
    await this.up();
  }

  /** One finger, in a few moves. */
  async drag(from: Finger, to: Finger) {
    await this.down(from);
    for (let step = 1; step <= 6; step += 1) {
      await this.move({ x: from.x + ((to.x - from.x) * step) / 6, y: from.y });
    }
    await this.up();
  }
}

/** What is told where a finger taps. */
async function tappedAt(page: Page, chart: Chart, hand: Hand, share: number): Promise<number> {
  await hand.tap(await place(page, chart, share));
  await expect(async () => expect(await chart.instant(page)).toBeDefined()).toPass();
  await frame(page);
  return (await chart.instant(page)) ?? Number.NaN;
}

test.use({ hasTouch: true });

for (const chart of CHARTS) {
  test(`${chart.name}: before one looks closer, a finger points: tapping, dragging, staying`, async ({ page }) => {
    await openChart(page, chart);
    const hand = await Hand.of(page);
    const rest = (await told(page, chart).textContent()) ?? '';
    const at = await tappedAt(page, chart, hand, 0.4);
    // It stays where it was put.
    await expect(told(page, chart)).not.toHaveText(rest);
    await hand.drag(await place(page, chart, 0.4), await place(page, chart, 0.7));
    await expect.poll(() => chart.instant(page)).toBeGreaterThan(at);
    expect(looked(page, chart)).toBeUndefined();
  });

  test(`${chart.name}: two fingers zoom, and what is between them stays there`, async ({ page }) => {
    await openChart(page, chart, true);
    const before = looked(page, chart);
    if (!before) throw new Error('the address says nothing');
    const hand = await Hand.of(page);
    const between = await tappedAt(page, chart, hand, 0.5);
    const [one, middle, other] = [await place(page, chart, 0.4), await place(page, chart, 0.5), await place(page, chart, 0.6)];
    await hand.down({ ...one, x: middle.x - 40 }, { ...other, x: middle.x + 40 });
    for (const spread of [45, 50, 60, 70, 80]) {
      await hand.move({ ...one, x: middle.x - spread }, { ...other, x: middle.x + spread });
    }
    await hand.up();
    const closer = await lookedNext(page, chart, before);
    if (!closer) throw new Error('the address says nothing');
    expect(span(before) / span(closer)).toBeCloseTo(2, 1);
    near(await tappedAt(page, chart, hand, 0.5), between, chart.snapMs, 'between the fingers');
  });

  test(`${chart.name}: closer, a finger moves what is shown, points when it stays, and taps twice for all`, async ({ page }) => {
    await openChart(page, chart, true);
    const before = looked(page, chart);
    if (!before) throw new Error('the address says nothing');
    const hand = await Hand.of(page);
    const held = await tappedAt(page, chart, hand, 0.4);
    const [start, end] = [await place(page, chart, 0.4), await place(page, chart, 0.6)];
    await hand.drag(start, end);
    const after = await lookedNext(page, chart, before);
    if (!after) throw new Error('the address says nothing');
    expect(after[0]).toBeLessThan(before[0]);
    near(span(after), span(before), 120_000, 'as much');
    const tapped = await tappedAt(page, chart, hand, 0.6);
    near(tapped, held, chart.snapMs, 'what was held');

    // A finger that stays points, and goes on pointing where it is dragged.
    await hand.down(start);
    await expect.poll(() => chart.instant(page)).not.toBe(tapped);
    const stayed = (await chart.instant(page)) ?? Number.NaN;
    expect(stayed).toBeLessThan(tapped);
    await hand.move(end);
    await expect.poll(() => chart.instant(page)).toBeGreaterThan(stayed);
    await hand.up();
    expect(looked(page, chart)).toEqual(after);

    await hand.tap(start);
    await hand.tap(start);
    await showsAll(page, chart);
  });
}

test('a finger that goes down the page scrolls it', async ({ page }) => {
  await openChart(page, HEART);
  const hand = await Hand.of(page);
  const { x, y } = await place(page, HEART, 0.5);
  const top = await page.evaluate(() => window.scrollY);
  await hand.down({ x, y });
  for (const step of [10, 30, 60, 90, 120]) await hand.move({ x, y: y + step });
  await hand.up();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeLessThan(top - 30);
  expect(looked(page, HEART)).toBeUndefined();
  await expect(stage(page, HEART)).not.toHaveClass(/is-closer/);
});
