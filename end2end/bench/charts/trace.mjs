// What the browser's own trace says of the page's main thread.

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing'];
const [FROM, TO] = ['bench-from', 'bench-to'];
/** By then a page has what it was just sent. */
const QUIET_MS = 500;
/** A frame in which none of these happened is the browser's own. */
const SCRIPT = new Set(['FunctionCall', 'EventDispatch', 'FireAnimationFrame', 'TimerFire']);

/** Traces while `drive` runs: what each frame and all of it took the main thread, ms. */
export async function traced(browser, page, drive) {
  await browser.startTracing(page, { categories: CATEGORIES });
  let bytes;
  try {
    await page.evaluate((name) => performance.mark(name), FROM);
    await drive();
    await page.evaluate((name) => performance.mark(name), TO);
  } finally {
    bytes = await browser.stopTracing();
  }
  return read(JSON.parse(bytes).traceEvents);
}

/**
 * A frame is everything the main thread did since the last one, up to its commit: events, timers,
 * promises, animation callbacks, style, layout, paint, what of the canvas is rasterised there, collected
 * garbage. Frames without script, as of a transition, count to the next one. By the thread's own
 * clock (`cpu`), which other processes do not disturb, and by the one on the wall.
 */
function read(events) {
  const from = events.find((event) => event.name === FROM);
  const to = events.find((event) => event.name === TO);
  const own = events
    .filter((event) => event.pid === from.pid && event.tid === from.tid)
    .filter((event) => event.ts >= from.ts && event.ts <= to.ts)
    .sort((one, other) => one.ts - other.ts);
  const frames = [];
  const did = {};
  let [frame, total] = [{ cpu: 0, wall: 0 }, { cpu: 0, wall: 0 }];
  let [end, ran, committed] = [0, false, false];
  const close = () => {
    if (ran && committed) {
      frames.push(frame);
      frame = { cpu: 0, wall: 0 };
      ran = false;
    }
    committed = false;
  };
  for (const event of own) {
    if (event.name === 'RunTask' && event.ph === 'X' && event.ts >= end) {
      close();
      end = event.ts + event.dur;
      for (const sum of [frame, total]) {
        sum.cpu += (event.tdur ?? 0) / 1e3;
        sum.wall += event.dur / 1e3;
      }
    }
    ran ||= SCRIPT.has(event.name);
    committed ||= event.name === 'Commit';
    if (event.ph === 'X') did[event.name] = (did[event.name] ?? 0) + (event.tdur ?? 0) / 1e3;
  }
  close();
  if (frames.length) {
    for (const clock of ['cpu', 'wall']) frames.at(-1)[clock] += frame[clock];
  }
  return { frames, total, did };
}

/** Returns once the page has painted all that it had to: a busy machine takes its time. */
export async function painted(page) {
  await page.waitForTimeout(QUIET_MS);
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)))),
  );
}

/** Percentiles of frames, ms. */
export function percentiles({ frames }) {
  const of = (clock) => {
    const sorted = frames.map((frame) => frame[clock]).sort((one, other) => one - other);
    const at = (part) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
    return { p50: at(0.5), p99: at(0.99), most: sorted.at(-1) };
  };
  return { frames: frames.length, cpu: of('cpu'), wall: of('wall') };
}
