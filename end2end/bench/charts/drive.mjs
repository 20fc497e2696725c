// A hand on a chart: the same events for both, a frame of a usual screen apart.
import { setTimeout as sleep } from 'node:timers/promises';

const FRAME_MS = 1000 / 60;
/** A pan: two seconds of moves, out and back, each so many px. */
const PAN_MOVES = 120;
const PAN_PX = 6;
/** A zoom: so many notches in, and as many out. */
const NOTCHES = 30;
const NOTCH_PX = 100;
const SWEEP_MOVES = 200;
/** A chart that cannot keep up gets fewer moves, but no fewer frames than percentiles need. */
const PATIENCE_MS = 8_000;
const FEWEST_MOVES = 30;
/** What a chart does once the hand is gone counts as well. */
const AFTERWARDS_MS = 500;

/** Drags with Shift. */
export async function pan(page, box) {
  const [x, y] = [box.x + box.width / 2 + (PAN_MOVES / 4) * PAN_PX, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.keyboard.down('Shift');
  await page.mouse.down();
  await paced(PAN_MOVES, (move) => {
    const out = Math.min(move + 1, PAN_MOVES - move - 1);
    return page.mouse.move(x - out * PAN_PX, y);
  });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await sleep(AFTERWARDS_MS);
}

/** Turns the wheel with Ctrl. */
export async function zoom(page, box) {
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.down('Control');
  await paced(2 * NOTCHES, (notch) => page.mouse.wheel(0, notch < NOTCHES ? -NOTCH_PX : NOTCH_PX));
  await page.keyboard.up('Control');
  await sleep(AFTERWARDS_MS);
}

/** Moves across, no button pressed; says how often. */
export async function sweep(page, box) {
  const y = box.y + box.height / 2;
  await paced(SWEEP_MOVES, (move) => page.mouse.move(box.x + (box.width * (move + 0.5)) / SWEEP_MOVES, y));
  await sleep(AFTERWARDS_MS);
}

/** Each as soon as the last was taken, but no sooner than a frame after it. */
async function paced(times, act) {
  const started = performance.now();
  for (let time = 0; time < times; time += 1) {
    if (time >= FEWEST_MOVES && performance.now() - started > PATIENCE_MS) return;
    const next = performance.now() + FRAME_MS;
    await act(time);
    await sleep(Math.max(0, next - performance.now()));
  }
}
