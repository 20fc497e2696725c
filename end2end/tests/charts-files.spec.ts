// What is taken along: the files are opened and looked into.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './house';
import { CHARTS, type Chart, figure, HEART, labels, looked, NIGHTS, openChart, SAMPLES, stage, WORKOUT } from './charts';

type File = 'Picture, PNG' | 'Picture, SVG' | 'Numbers, CSV';

/** A file, and what it is called. */
async function taken(page: Page, chart: Chart, name: File): Promise<{ name: string; bytes: Buffer }> {
  const menu = figure(page, chart).locator('details.take');
  if (!(await menu.evaluate((details: HTMLDetailsElement) => details.open))) await menu.locator('summary').click();
  const started = page.waitForEvent('download');
  await menu.getByRole('button', { name, exact: true }).click();
  const file = await started;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** A line of the numbers. */
type Line = Record<string, string>;

/** CSV by RFC 4180, written apart from the product's. */
function parsed(text: string): Line[] {
  const lines: string[][] = [[]];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (isQuoted) {
      if (letter !== '"') field += letter;
      else if (text[at + 1] === '"') field += text[(at += 1)];
      else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === ',') {
      lines.at(-1)?.push(field);
      field = '';
    } else if (letter === '\n') {
      lines.at(-1)?.push(field);
      field = '';
      lines.push([]);
    } else if (letter !== '\r') field += letter;
  }
  const [header, ...rows] = lines.filter((line) => line.length > 0);
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
}

async function numbers(page: Page, chart: Chart): Promise<Line[]> {
  const { name, bytes } = await taken(page, chart, 'Numbers, CSV');
  expect(name).toMatch(/^acclimate-[a-z0-9-]+\.csv$/);
  const text = bytes.toString('utf8');
  expect(text.endsWith('\r\n')).toBe(true);
  return parsed(text);
}

/** An SVG file, read apart from the page and its rules. */
async function read(blank: Page, source: string) {
  return blank.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      error: parsed.querySelector('parsererror')?.textContent,
      root: parsed.documentElement.namespaceURI,
      size: ['width', 'height'].map((name) => Number(parsed.documentElement.getAttribute(name))),
      title: parsed.querySelector('title')?.textContent ?? '',
      texts: [...parsed.querySelectorAll('text')].map((one) => one.textContent ?? ''),
    };
  }, source);
}

/** Of a picture as the browser decodes it: its size, how many colours, how much is not the ground. */
async function decoded(blank: Page, kind: string, bytes: Buffer) {
  return blank.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    const colours = new Map<number, number>();
    for (let at = 0; at < pixels.length; at += 4) {
      const colour = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    const most = Math.max(...colours.values());
    return { width: canvas.width, height: canvas.height, colours: colours.size, inked: 1 - most / (pixels.length / 4) };
  }, `data:${kind};base64,${bytes.toString('base64')}`);
}

const instantOf = (text: string) => Date.parse(text.endsWith('Z') ? text : `${text}Z`);

test.describe('taken along', { tag: '@rules' }, () => {
  for (const chart of CHARTS) {
    test(`${chart.name}: the pictures are what is seen`, async ({ page }) => {
      await openChart(page, chart, true);
      const box = await stage(page, chart).boundingBox();
      if (!box) throw new Error('no stage');
      const svg = await taken(page, chart, 'Picture, SVG');
      expect(svg.name).toMatch(/^acclimate-[a-z0-9-]+\.svg$/);
      const text = svg.bytes.toString('utf8');
      // It stands alone: no colours of the page's, nothing fetched, nothing that runs.
      expect(text).not.toMatch(/var\(|class=|<script|href=|url\(|NaN|Infinity/);
      const blank = await page.context().newPage();
      const document = await read(blank, text);
      expect(document.error).toBeUndefined();
      expect(document.root).toBe('http://www.w3.org/2000/svg');
      expect(document.title).toMatch(/\w/);
      const seen = await labels(page, chart);
      expect(seen.length).toBeGreaterThan(5);
      expect(document.texts).toEqual(expect.arrayContaining(seen));
      // As large as on the screen, and the caption under it.
      const [width, height] = document.size;
      expect(width).toBeCloseTo(box.width, 0);
      expect(height).toBeGreaterThan(box.height - 1);
      expect(height).toBeLessThan(box.height + 120);

      const png = await taken(page, chart, 'Picture, PNG');
      expect(png.name).toBe(svg.name.replace('.svg', '.png'));
      // The header says the size: twice the picture's.
      expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
      expect(png.bytes.readUInt32BE(16)).toBe(Math.round(width * 2));
      expect(png.bytes.readUInt32BE(20)).toBe(Math.round(height * 2));
      const picture = await decoded(blank, 'image/png', png.bytes);
      expect(picture.colours).toBeGreaterThan(20);
      expect(picture.inked).toBeGreaterThan(0.02);
      // The SVG file shows as much.
      const drawn = await decoded(blank, 'image/svg+xml', svg.bytes);
      expect(Math.abs(drawn.inked - picture.inked)).toBeLessThan(0.05);
      await blank.close();
    });
  }

  test('the numbers of nights are those of the data page, of what is in sight', async ({ page }) => {
    await openChart(page, NIGHTS, true);
    const stretch = looked(page, NIGHTS);
    if (!stretch) throw new Error('the address says nothing');
    const lines = await numbers(page, NIGHTS);
    const answer = await page.request.get('/data.csv?range=trip&metrics=spo2_night,hrv_rmssd');
    const kept = parsed(await answer.text()).filter((row) => row.value !== '');
    for (const metric of ['spo2_night', 'hrv_rmssd']) {
      for (const twin of ['A', 'B']) {
        const found = lines.filter((line) => line.series === metric && line.twin === twin);
        for (const line of found) {
          expect(instantOf(line.from)).toBeGreaterThanOrEqual(stretch[0]);
          expect(instantOf(line.from)).toBeLessThanOrEqual(stretch[1]);
        }
        const values = found.filter((line) => line.last !== '').map((line) => line.last);
        expect(values.length).toBeGreaterThan(2);
        const all = kept
          .filter((row) => row.metric === metric && row.twin.toUpperCase() === twin)
          .sort((one, other) => one.day.localeCompare(other.day))
          .map((row) => row.value);
        // Unrounded, in order, without a gap: a stretch of what is kept.
        expect(all.join(' ')).toContain(values.join(' '));
        expect(values.length).toBeLessThan(all.length);
      }
    }
    expect(new Set(lines.map((line) => line.series))).toEqual(new Set(['spo2_night', 'hrv_rmssd']));
  });

  test('the numbers of samples are of the stretch in sight, each from a sensor', async ({ page }) => {
    await openChart(page, SAMPLES, true);
    const stretch = looked(page, SAMPLES);
    if (!stretch) throw new Error('the address says nothing');
    const lines = (await numbers(page, SAMPLES)).filter((line) => /heart/i.test(line.series));
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) {
      expect(instantOf(line.to)).toBeGreaterThanOrEqual(stretch[0]);
      expect(instantOf(line.from)).toBeLessThanOrEqual(stretch[1]);
      expect(Number(line.samples)).toBeGreaterThan(0);
      const [first, lowest, highest, last] = [line.first, line.lowest, line.highest, line.last].map(Number);
      expect(lowest).toBeGreaterThan(25);
      expect(highest).toBeLessThan(230);
      expect(Math.min(first, last)).toBeGreaterThanOrEqual(lowest);
      expect(Math.max(first, last)).toBeLessThanOrEqual(highest);
      expect(line.source).toMatch(/^(oura|polar)$/);
    }
  });

  test('the numbers of a day make the means of its table', async ({ page }) => {
    await openChart(page, HEART, true);
    const stretch = looked(page, HEART);
    if (!stretch) throw new Error('the address says nothing');
    const lines = await numbers(page, HEART);
    const table = await page
      .locator('section[aria-labelledby="heart-rate"] details.day-hours tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')));
    expect(table).toHaveLength(24);
    let compared = 0;
    for (const [column, twin] of ['A', 'B'].entries()) {
      const own = lines.filter((line) => line.twin === twin && line.last !== '');
      for (const line of own) {
        expect(instantOf(line.from)).toBeGreaterThanOrEqual(stretch[0]);
        expect(instantOf(line.from)).toBeLessThanOrEqual(stretch[1]);
      }
      // Whole hours in sight.
      for (let from = Math.ceil(stretch[0] / 3_600_000) * 3_600_000; from + 3_600_000 <= stretch[1]; from += 3_600_000) {
        const values = own.filter((line) => instantOf(line.from) >= from && instantOf(line.from) < from + 3_600_000).map((line) => Number(line.last));
        const told = table[new Date(from).getUTCHours()][column];
        if (values.length === 0) expect(told).toBe('–');
        // Of an hour with a workout there are more samples than went into the table.
        else if (values.length <= 13) {
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          expect(Math.abs(mean - Number(told)), `${twin}, ${new Date(from).toISOString()}`).toBeLessThanOrEqual(0.51);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(4);
  });

  test('the numbers of a workout are those of its table', async ({ page }) => {
    await openChart(page, WORKOUT, true);
    const stretch = looked(page, WORKOUT);
    if (!stretch) throw new Error('the address says nothing');
    const lines = await numbers(page, WORKOUT);
    const rows = await page
      .locator('.trace-data tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')));
    let compared = 0;
    for (const [time, , ...told] of rows) {
      const at = Date.parse(`${new Date(stretch[0]).toISOString().slice(0, 11)}${time.slice(0, 5)}:00Z`);
      if (at < stretch[0] || at > stretch[1]) continue;
      for (const [column, twin] of ['A', 'B'].entries()) {
        const bpm = /^(\d+)/.exec(told[column])?.[1];
        if (!bpm) continue;
        const own = lines.filter((line) => line.twin === twin && line.last !== '');
        const nearest = own.sort((one, other) => Math.abs(instantOf(one.from) - at) - Math.abs(instantOf(other.from) - at))[0];
        expect(Math.round(Number(nearest.last)), `${twin} at ${time}`).toBe(Number(bpm));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(6);
    for (const line of lines.filter((one) => one.last !== '')) {
      expect(instantOf(line.from)).toBeGreaterThanOrEqual(stretch[0]);
      expect(instantOf(line.from)).toBeLessThanOrEqual(stretch[1]);
    }
  });
});
