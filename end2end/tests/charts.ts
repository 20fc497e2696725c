// The charts as a walk sees them: by what they tell and what the address says.
import type { Locator, Page } from '@playwright/test';
import { enter, expect, hydrated } from './house';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** Ahead of UTC where the demo's trek is. */
const NEPAL_MS = 5.75 * HOUR_MS;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** From when to when, ms. */
export type Span = [number, number];

/** A chart one can look into. */
export interface Chart {
  name: string;
  /** Where it is, with all of it looked at. */
  path: () => string;
  /** A stretch in the middle of it, as addresses say it. */
  closer: () => string;
  /** As in `data-chart`. */
  id: string;
  /** What the address calls the stretch that is looked at. */
  parameter: string;
  /** The instant that is told, ms by the clock of the address; none while nothing is pointed at. */
  instant: (page: Page) => Promise<number | undefined>;
  /** So far what is told may lie from what is pointed at, ms. */
  snapMs: number;
  /** What is told while nothing is pointed at. */
  rest: RegExp;
}

/** A day of the demo by its distance from today, which is the ninth of its trek. */
export function day(fromToday: number): string {
  return new Date(Date.now() + fromToday * DAY_MS).toISOString().slice(0, 10);
}

const between = (from: string, to: string) => `${from}..${to}`;

/** `Sat 14 Nov`: its midnight in UTC. */
function dated(text: string): number | undefined {
  const found = /(\d{1,2}) ([A-Z][a-z]{2})/.exec(text);
  if (!found) return undefined;
  const now = new Date();
  const at = Date.UTC(now.getUTCFullYear(), MONTHS.indexOf(found[2]), Number(found[1]));
  // The end of last year, at the beginning of this one.
  return at > now.getTime() + 40 * DAY_MS ? Date.UTC(now.getUTCFullYear() - 1, MONTHS.indexOf(found[2]), Number(found[1])) : at;
}

/** `22:35` or `22:35:10`: ms after midnight. */
function timed(text: string): number | undefined {
  const found = /(\d{1,2}):(\d\d)(?::(\d\d))?/.exec(text);
  return found ? Number(found[1]) * HOUR_MS + Number(found[2]) * MINUTE_MS + Number(found[3] ?? 0) * 1_000 : undefined;
}

export const figure = (page: Page, chart: Pick<Chart, 'id'>) => page.locator(`figure[data-chart="${chart.id}"]`);
export const stage = (page: Page, chart: Pick<Chart, 'id'>) => figure(page, chart).locator('.stage');
export const told = (page: Page, chart: Pick<Chart, 'id'>) => figure(page, chart).locator('[aria-live="polite"]').first();

/** The midnight a day of the demo begins with, by its clock. */
const midnight = (fromToday: number) => Date.parse(`${day(fromToday)}T00:00:00Z`);

const NIGHTS: Chart = {
  name: 'nights',
  path: () => '/compare?range=trip&metrics=spo2_night,hrv_rmssd',
  closer: () => between(`${day(-6)}T00:00`, `${day(-2)}T00:00`),
  id: 'stack',
  parameter: 'zoom',
  // A night is told by its day; it is drawn at some hour of it or of the evening before.
  instant: async (page) => dated((await told(page, NIGHTS).locator('.chart-when').textContent()) ?? ''),
  snapMs: DAY_MS,
  rest: /\d/,
};

const SAMPLES: Chart = {
  ...NIGHTS,
  name: 'samples',
  // The trek's days alone: before them the clock shown is another.
  path: () => '/compare?range=7d&metrics=spo2_night&lines=heart_rate',
  closer: () => between(`${day(-4)}T00:00`, `${day(-3)}T12:00`),
  instant: async (page) => {
    const label = stage(page, SAMPLES).locator('.stage-over text.tw-inverse').first();
    const text = (await label.count()) ? ((await label.textContent()) ?? '') : '';
    const [at, time] = [dated(text), timed(text)];
    return at === undefined || time === undefined ? undefined : at + time - NEPAL_MS;
  },
  snapMs: 2 * MINUTE_MS,
};

const onTheDay = (id: string, parameter: string, [from, to]: [string, string]): Chart => {
  const chart: Chart = {
    name: id === 'night' ? 'night' : 'day',
    path: () => `/day?day=${day(-1)}`,
    closer: () => between(`${day(-1)}T${from}`, `${day(-1)}T${to}`),
    id,
    parameter,
    instant: async (page) => {
      const time = page.locator(`figure[data-chart="${id}"] [aria-live="polite"] > b`).first();
      const at = (await time.count()) ? timed((await time.textContent()) ?? '') : undefined;
      // A night begins on the evening before.
      return at === undefined ? undefined : midnight(-1) + at - (id === 'night' && at > 15 * HOUR_MS ? DAY_MS : 0);
    },
    snapMs: 6 * MINUTE_MS,
    rest: /Point at the chart/,
  };
  return chart;
};

const WORKOUT: Chart = {
  name: 'workout',
  path: () => `/workouts?week=${day(-4)}&day=${day(-4)}`,
  closer: () => between(`${day(-4)}T09:30`, `${day(-4)}T11:00`),
  id: 'workout_heart_rate',
  parameter: 'zoom',
  instant: async (page) => {
    const time = timed((await told(page, WORKOUT).locator('.chart-when').textContent()) ?? '');
    return time === undefined ? undefined : midnight(-4) + time;
  },
  snapMs: MINUTE_MS,
  rest: /Average/,
};

export const NIGHT = onTheDay('night', 'night', ['00:00', '03:00']);
export const HEART = onTheDay('heart_rate', 'zoom', ['09:00', '15:00']);
export { NIGHTS, SAMPLES, WORKOUT };
export const CHARTS = [NIGHTS, SAMPLES, NIGHT, HEART, WORKOUT];

/** The chart is painted by its script and in the middle of the screen. */
export async function ready(page: Page, chart: Pick<Chart, 'id'>) {
  await hydrated(page);
  await expect(figure(page, chart).locator('.stage[data-live]')).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  await centred(stage(page, chart));
}

async function centred(what: Locator) {
  await what.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
}

/** Signs in and opens the chart, all of it or `closer`. */
export async function openChart(page: Page, chart: Chart, isCloser = false) {
  await enter(page);
  await page.goto(isCloser ? `${chart.path()}&${chart.parameter}=${chart.closer()}` : chart.path());
  await ready(page, chart);
}

/** A place on the stage by its share of the width, half way down what of it can be seen. */
export async function place(page: Page, chart: Pick<Chart, 'id'>, share: number): Promise<{ x: number; y: number }> {
  const box = await stage(page, chart).boundingBox();
  const screen = page.viewportSize();
  if (!box || !screen) throw new Error('no stage');
  const [top, bottom] = [Math.max(box.y, 0), Math.min(box.y + box.height, screen.height)];
  return { x: Math.round(box.x + box.width * share), y: Math.round((top + bottom) / 2) };
}

/** What the address looks at; none where that is everything. */
export function looked(page: Page, chart: Pick<Chart, 'parameter'>): Span | undefined {
  const text = new URL(page.url()).searchParams.get(chart.parameter);
  if (!text) return undefined;
  const [from, to] = text.split('..').map((at) => Date.parse(`${at.length === 16 ? `${at}:00` : at}Z`));
  return [from, to];
}

export const span = ([from, to]: Span) => to - from;

/** What the address looks at once it has changed from `before`. */
export async function lookedNext(page: Page, chart: Chart, before: Span | undefined): Promise<Span | undefined> {
  await expect.poll(() => JSON.stringify(looked(page, chart) ?? null)).not.toBe(JSON.stringify(before ?? null));
  return looked(page, chart);
}

/** Everything is looked at again. */
export async function showsAll(page: Page, chart: Chart) {
  await expect.poll(() => looked(page, chart)).toBeUndefined();
  await expect(stage(page, chart)).not.toHaveClass(/is-closer/);
}

/** The texts of a picture: its axes, names and values, without what follows the crosshair. */
export async function labels(page: Page, chart: Pick<Chart, 'id'>): Promise<string[]> {
  return stage(page, chart).locator('.stage-svg').first().locator('text').allTextContents();
}

/** What is told of what lies at a share of the stage's width, once that is told. */
export async function pointedAt(page: Page, chart: Chart, share: number): Promise<number> {
  const { x, y } = await place(page, chart, share);
  await page.mouse.move(x, y);
  let at: number | undefined;
  await expect(async () => {
    at = await chart.instant(page);
    expect(at).toBeDefined();
  }).toPass();
  // What is told follows within a frame.
  await frame(page);
  return (await chart.instant(page)) ?? Number.NaN;
}

/** The next frame has been painted. */
export async function frame(page: Page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Two instants are as near as what is told and what a pixel is allow, ms. */
export function near(found: number, wanted: number, withinMs: number, what: string) {
  expect(Math.abs(found - wanted), `${what}: ${new Date(found).toISOString()} for ${new Date(wanted).toISOString()}`).toBeLessThanOrEqual(withinMs);
}

/** What a canvas shows, four bytes a pixel. A copy: the chart's own is not made to be read. */
export async function pixels(canvas: Locator): Promise<{ width: number; height: number; bytes: Uint8Array }> {
  const { width, height, text } = await canvas.evaluate((shown: HTMLCanvasElement) => {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [shown.width, shown.height];
    // Nothing was drawn on it yet.
    if (copy.width * copy.height === 0) return { width: 0, height: 0, text: '' };
    const context = copy.getContext('2d', { willReadFrequently: true });
    context?.drawImage(shown, 0, 0);
    const data = context?.getImageData(0, 0, copy.width, copy.height).data ?? new Uint8ClampedArray();
    let text = '';
    for (let at = 0; at < data.length; at += 32_768) text += String.fromCharCode(...data.subarray(at, at + 32_768));
    return { width: copy.width, height: copy.height, text: btoa(text) };
  });
  return { width, height, bytes: Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) };
}

/** Where on the crosshair's canvas a line runs from top to bottom, as shares of its width. */
export async function uprights(page: Page, chart: Pick<Chart, 'id'>): Promise<number[]> {
  await frame(page);
  const { width, height, bytes } = await pixels(stage(page, chart).locator('canvas.stage-canvas-over'));
  const found: number[] = [];
  for (let x = 0; x < width; x += 1) {
    let inked = 0;
    for (let y = 0; y < height; y += 1) if (bytes[4 * (y * width + x) + 3] > 60) inked += 1;
    if (inked > height * 0.5) found.push(x / width);
  }
  // Neighbouring columns are one line.
  return found.filter((at, index) => index === 0 || at - found[index - 1] > 0.01);
}
