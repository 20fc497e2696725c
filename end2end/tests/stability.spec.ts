// Nothing jumps: the layout's shifts on every page, on a processor four times slower.
import type { Page } from '@playwright/test';
import { expect, hydrated, signIn, test } from './house';
import { PAGES, open, title } from './pages';

const MOST = 0.02;

/** Adds up every shift from the first paint on, those right after a press included: more than what
 * counts as CLS, never less. */
async function watch(page: Page) {
  await page.addInitScript(() => {
    const shifts: { value: number; what: string }[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        sources: { node?: Node; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
      })[]) {
        const at = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`;
        const what = entry.sources
          .map(({ node, previousRect, currentRect }) => {
            const name = node instanceof Element ? `${node.tagName}.${node.className}` : node?.nodeName;
            return `${name} from ${at(previousRect)} to ${at(currentRect)}`;
          })
          .join(', ');
        shifts.push({ value: entry.value, what });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

async function slowDown(page: Page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

async function shifted(page: Page) {
  const shifts = await page.evaluate(() => (window as unknown as { shifts: { value: number; what: string }[] }).shifts);
  const sum = shifts.reduce((total, shift) => total + shift.value, 0);
  return { sum, shifts };
}

/** The page has come to rest: fonts, scripts, the chart's canvas. */
async function settled(page: Page) {
  await hydrated(page);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  });
}

for (const place of PAGES) {
  test(`${title(place)} stands still while it loads`, { tag: '@fits' }, async ({ page }) => {
    await watch(page);
    await slowDown(page);
    await open(page, place);
    await settled(page);
    const { sum, shifts } = await shifted(page);
    expect(sum, JSON.stringify(shifts, null, 1)).toBeLessThan(MOST);
  });
}

test('a page that is asked for late stands still when its answer comes', async ({ page }) => {
  await signIn(page);
  await page.goto('/connections');
  await watch(page);
  await page.reload();
  await settled(page);
  await page.route('**/ask/overview*', async (route) => {
    // Longer than a press excuses a shift for.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await route.continue();
  });
  const before = (await shifted(page)).sum;
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Overview' }).click();
  const skeleton = page.locator('.skeleton[aria-busy="true"]');
  await expect(skeleton).toBeVisible();
  const box = (selector: string) => page.locator(selector).first().boundingBox();
  const parts = ['.tiles', '.sheet-chart .plot'];
  const expected = await Promise.all(parts.map((part) => box(`.skeleton ${part}`)));
  await expect(page.locator('article[data-metric]')).toHaveCount(6);
  await expect(skeleton).toHaveCount(0);
  await settled(page);
  const { sum, shifts } = await shifted(page);
  expect(sum - before, JSON.stringify(shifts, null, 1)).toBeLessThan(MOST);
  for (const [index, part] of parts.entries()) {
    const found = await box(`.page > ${part.startsWith('.tiles') ? '.tiles' : '.sheet-chart .plot'}`);
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      const off = Math.abs((found?.[side] ?? 0) - (expected[index]?.[side] ?? 0));
      // A narrow header is as high as the name of the place needs.
      const slack = side === 'y' && (page.viewportSize()?.width ?? 0) < 1_024 ? 64 : 16;
      expect(off, `${part} keeps its ${side}: ${expected[index]?.[side]} became ${found?.[side]}`).toBeLessThanOrEqual(slack);
    }
  }
});

test('skeletons stand still for those who ask for that', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page);
  await page.goto('/connections');
  await hydrated(page);
  await page.route('**/ask/overview*', (route) => setTimeout(() => route.continue(), 1_000));
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Overview' }).click();
  const bone = page.locator('.skeleton .bone').first();
  await expect(bone).toBeAttached();
  expect(await bone.evaluate((element) => getComputedStyle(element).animationName)).toBe('none');
});
