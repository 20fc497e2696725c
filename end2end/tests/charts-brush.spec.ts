// The strip under the stack, and notes put on it.
import type { Page } from '@playwright/test';
import { expect, test } from './house';
import {
  day,
  DAY_MS,
  figure,
  frame,
  labels,
  looked,
  lookedNext,
  near,
  NIGHTS,
  openChart,
  pixels,
  pointedAt,
  ready,
  showsAll,
  span,
  stage,
  uprights,
} from './charts';

const strip = (page: Page) => figure(page, NIGHTS).locator('.brush');

/** Where the window's edges are, as shares of the strip's width. */
async function edges(page: Page): Promise<[number, number]> {
  await frame(page);
  return strip(page).locator('.brush-window').evaluate((window: SVGGraphicsElement) => {
    const { x, width } = window.getBBox();
    const whole = window.ownerSVGElement?.viewBox.baseVal.width ?? Number.NaN;
    return [x / whole, (x + width) / whole];
  });
}

/** Drags on the strip, by shares of its width. */
async function brushed(page: Page, from: number, to: number) {
  await strip(page).scrollIntoViewIfNeeded();
  const box = await strip(page).boundingBox();
  if (!box) throw new Error('no strip');
  const [x, y] = [(share: number) => box.x + box.width * share, box.y + box.height / 2];
  await page.mouse.move(x(from), y);
  await page.mouse.down();
  await page.mouse.move(x((from + to) / 2), y);
  await page.mouse.move(x(to), y, { steps: 3 });
  await page.mouse.up();
}

/** The days the address asks for; none where it names no dates. */
const days = (page: Page) => /^(.+)\.\.(.+)$/.exec(new URL(page.url()).searchParams.get('range') ?? '')?.slice(1);

const painted = async (page: Page) => {
  await frame(page);
  return pixels(stage(page, NIGHTS).locator('canvas.stage-canvas').first());
};

test.describe('strip and notes', { tag: '@rules' }, () => {
  test('the strip chooses, moves and widens what is looked at', async ({ page }) => {
    await openChart(page, NIGHTS);
    const [begins, ends] = await edges(page);
    await page.goto(`${NIGHTS.path()}&${NIGHTS.parameter}=${NIGHTS.closer()}`);
    await ready(page, NIGHTS);
    const before = looked(page, NIGHTS);
    if (!before) throw new Error('the address says nothing');
    const [from, to] = await edges(page);
    expect(from).toBeGreaterThan(begins);
    expect(to).toBeLessThan(ends);
    // Pressed within its window, the window moves.
    await brushed(page, (from + to) / 2, (from + to) / 2 - (from - begins) / 2);
    const moved = await lookedNext(page, NIGHTS, before);
    if (!moved) throw new Error('the address says nothing');
    near(span(moved), span(before), 120_000, 'as much');
    expect(moved[0]).toBeLessThan(before[0]);
    // Its handle moves one end.
    const [left, right] = await edges(page);
    await brushed(page, right, ends - 0.01);
    const widened = await lookedNext(page, NIGHTS, moved);
    if (!widened) throw new Error('the address says nothing');
    near(widened[0], moved[0], 120_000, 'the other end');
    expect(widened[1]).toBeGreaterThan(moved[1]);
    expect((await edges(page))[0]).toBeCloseTo(left, 2);
    await stage(page, NIGHTS).dblclick();
    await showsAll(page, NIGHTS);
  });

  test('the strip is the whole record: what lies beyond the range is fetched', async ({ page }) => {
    await openChart(page, NIGHTS);
    // Before the trip lies its baseline, which the range does not show whole.
    const [begins, ends] = await edges(page);
    expect(begins).toBeGreaterThan(0.2);
    const nights = await labels(page, NIGHTS);
    await brushed(page, 0.05, begins / 2);
    await expect.poll(() => days(page)).toHaveLength(2);
    const [first, last] = days(page) ?? [];
    expect(last < day(-9), `${first} to ${last}`).toBe(true);
    // The range is what the window shows, and all of it is looked at.
    await expect(async () => {
      const [left, right] = await edges(page);
      // As far as whole nights are.
      expect(Math.abs(left - 0.05)).toBeLessThan(0.03);
      expect(Math.abs(right - begins / 2)).toBeLessThan(0.03);
    }).toPass();
    expect(looked(page, NIGHTS)).toBeUndefined();
    expect(await labels(page, NIGHTS)).not.toEqual(nights);
    // Going back undoes it.
    await page.goBack();
    await expect(async () => {
      const back = await edges(page);
      expect(back[0]).toBeCloseTo(begins, 3);
      expect(back[1]).toBeCloseTo(ends, 3);
    }).toPass();
  });

  test('a note is put where the crosshair stands, shown there, and opens where it is tapped', async ({ page }) => {
    await openChart(page, NIGHTS);
    const here = figure(page, NIGHTS).getByRole('button', { name: 'Note here' });
    await expect(here).toBeDisabled();
    await stage(page, NIGHTS).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+ArrowLeft');
    await frame(page);
    const night = await NIGHTS.instant(page);
    const before = await painted(page);
    const [upright] = await uprights(page, NIGHTS);
    await here.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('What was it?')).toBeFocused();
    const text = 'Slept in the snow';
    await dialog.getByLabel('What was it?').fill(text);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    const line = page.getByRole('region', { name: 'Notes', exact: true }).getByRole('listitem').filter({ hasText: text });
    await expect(line).toBeVisible();

    // What is new on the canvas under the crosshair is its mark; the first note also makes room for
    // itself, so that what is below it moves.
    const x = upright * before.width;
    let top = 0;
    await expect(async () => {
      const { width, bytes } = await painted(page);
      const changed = (at: number) => bytes[at] !== before.bytes[at];
      const row = (y: number) => Array.from({ length: 40 }, (_, step) => 4 * (y * width + Math.round(x) - 5) + step);
      top = Array.from({ length: before.height }, (_, y) => y).find((y) => row(y).some(changed)) ?? 0;
      expect(top).toBeGreaterThan(0);
    }).toPass();
    await stage(page, NIGHTS).scrollIntoViewIfNeeded();
    await stage(page, NIGHTS).click({ position: { x, y: top + 5 } });
    await expect(dialog.getByLabel('What was it?')).toHaveValue(text);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();

    const put = async (words: string, hoursLater = 0) => {
      await stage(page, NIGHTS).focus();
      await page.keyboard.press('End');
      await page.keyboard.press('Shift+ArrowLeft');
      await here.click();
      const later = dialog.getByRole('button', { name: 'Begin 1 h later' });
      for (let hour = 0; hour < hoursLater; hour += 1) await later.click();
      await dialog.getByLabel('What was it?').fill(words);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(dialog).toBeHidden();
      await stage(page, NIGHTS).scrollIntoViewIfNeeded();
    };
    const notes = page.getByRole('region', { name: 'Notes', exact: true });
    const removed = async (words: string) => {
      await notes.getByRole('listitem').filter({ hasText: words }).getByRole('button').click();
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await expect(notes.getByRole('listitem').filter({ hasText: words })).toHaveCount(0);
    };
    // Two of one instant never come apart: their mark leads to where both are listed.
    await put('Headache');
    await stage(page, NIGHTS).click({ position: { x, y: top + 5 } });
    await expect(notes.getByRole('listitem').filter({ hasText: text })).toBeFocused();
    await expect(dialog).toBeHidden();
    await removed('Headache');

    // Two that lie on one mark come apart: it is looked at more closely.
    await put('Woke rested', 3);
    await stage(page, NIGHTS).click({ position: { x, y: top + 5 } });
    const closer = (await lookedNext(page, NIGHTS, undefined)) ?? [0, 0];
    // As closely as nights are looked at.
    expect(span(closer)).toBe(2 * DAY_MS);
    await expect(dialog).toBeHidden();
    await stage(page, NIGHTS).dblclick();
    await showsAll(page, NIGHTS);
    for (const one of ['Woke rested', text]) await removed(one);
    // It was at the night that was told.
    await ready(page, NIGHTS);
    near(await pointedAt(page, NIGHTS, upright), night ?? 0, 0, 'the mark');
  });
});
