// The charts' part of `make bench`: our comparison and uPlot with the same samples, both in this run, in
// windows of the same size, under the same hand. Prints one JSON object; server/benches/charts makes
// figures of it.
import { stat } from 'node:fs/promises';
import { withBrowser, withPage } from './browser.mjs';
import { pan, sweep, zoom } from './charts/drive.mjs';
import { memory, watchMemory } from './charts/memory.mjs';
import { openOurs, openWithoutTiles, ourBox } from './charts/ours.mjs';
import { painted, percentiles, traced } from './charts/trace.mjs';
import { drawUplot, lookAt, openUplot, uplotBox, withUplot } from './charts/uplot.mjs';

/** As wide as leaves the stage 1200 px. */
const VIEWPORT = { width: 1862, height: 1200 };
const DENSITIES = [1, 2];
/** A first drawing varies more than the hundredth: the middle one counts. */
const COLD_RUNS = 5;

const sites = JSON.parse(required('BENCH_CHARTS'));

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** The middle half of the record, so that there is somewhere to pan to. */
async function middle(site) {
  const steps = (await stat(site.samples)).size / 2;
  const span = steps * site.step_ms;
  return { from: site.from_ms + span / 4, to: site.from_ms + (span * 3) / 4 };
}

async function ours(browser, options, part) {
  return withPage(browser, sites.large, options, async (page) => {
    await watchMemory(page);
    await openOurs(page, sites.large);
    const box = await ourBox(page);
    const opened_mb = await memory(page);
    const zoomed = percentiles(await traced(browser, page, () => zoom(page, box)));
    const hovered = percentiles(await traced(browser, page, () => sweep(page, box)));
    await openOurs(page, sites.large, part);
    const panned = percentiles(await traced(browser, page, () => pan(page, box)));
    const used_mb = await memory(page);
    return { size: box, opened_mb, used_mb, pan: panned, zoom: zoomed, hover: hovered };
  });
}

async function uplot(browser, options, part, size) {
  return withUplot(sites.large.samples, (url) =>
    withPage(browser, sites.large, options, async (page) => {
      await watchMemory(page);
      await openUplot(page, url, sites.large);
      await drawUplot(page, size);
      const box = await uplotBox(page);
      const opened_mb = await memory(page);
      const zoomed = percentiles(await traced(browser, page, () => zoom(page, box)));
      const hovered = percentiles(await traced(browser, page, () => sweep(page, box)));
      await lookAt(page, part);
      const panned = percentiles(await traced(browser, page, () => pan(page, box)));
      const used_mb = await memory(page);
      return { size: box, opened_mb, used_mb, pan: panned, zoom: zoomed, hover: hovered };
    }),
  );
}

/** From the first tile that comes to the last that is painted: all that the main thread did. */
async function ourCold(browser, options) {
  return withPage(browser, sites.small, options, async (page) => {
    const { tiles, release } = await openWithoutTiles(page, sites.small);
    const { total } = await traced(browser, page, async () => {
      await release();
      await painted(page);
    });
    return { tiles, ...total };
  });
}

/** From arrays at hand to the painted chart: all that the main thread did. */
async function uplotCold(browser, options, size) {
  return withUplot(sites.small.samples, (url) =>
    withPage(browser, sites.small, options, async (page) => {
      await openUplot(page, url, sites.small);
      const { total } = await traced(browser, page, async () => {
        await drawUplot(page, size);
        await painted(page);
      });
      return total;
    }),
  );
}

async function measure(browser, density) {
  const options = { viewport: VIEWPORT, deviceScaleFactor: density };
  const part = await middle(sites.large);
  const own = await ours(browser, options, part);
  // The scale of values that both keep, bpm.
  const size = { width: own.size.width, height: own.size.height, range: [30, 180] };
  const reference = await uplot(browser, options, part, size);
  own.cold = [];
  reference.cold = [];
  for (let run = 0; run < COLD_RUNS; run += 1) {
    own.cold.push(await ourCold(browser, options));
    reference.cold.push(await uplotCold(browser, options, size));
  }
  return { density, ours: own, uplot: reference };
}

const measured = [];
for (const density of DENSITIES) {
  // A browser of its own: nothing compiled or kept beforehand.
  measured.push(await withBrowser((browser) => measure(browser, density)));
}
process.stdout.write(JSON.stringify(measured));
