// What holds for every page: axe, no JavaScript, the keyboard alone, large text, a quiet console.
import type { Page } from '@playwright/test';
import { expect, fitsTheScreen, hydrated, test } from './house';
import { PAGES, open, title, violations } from './pages';

for (const place of PAGES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const tag = colorScheme === 'light' ? '@fits' : '@rules';
    test(`${title(place)} breaks no rule of axe, ${colorScheme}`, { tag }, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await open(page, place);
      await hydrated(page);
      expect(await violations(page)).toEqual([]);
    });
  }

  test(`${title(place)} is walked by the keyboard`, async ({ page }) => {
    await open(page, place);
    await hydrated(page);
    await walk(page);
  });

  test(`${title(place)} reflows at twice the text size`, { tag: '@fits' }, async ({ page }) => {
    await open(page, place);
    await hydrated(page);
    // What a browser's own text setting does: rem and em follow, media queries in em as well.
    const client = await page.context().newCDPSession(page);
    const size = page.viewportSize();
    if (!size) throw new Error('no viewport');
    // Before anything is drawn for the new width, too.
    await page.evaluate(() => {
      const { documentElement } = document;
      const told = new Promise((resolve) => {
        const tell = () => resolve(documentElement.scrollWidth - documentElement.clientWidth);
        window.addEventListener('resize', tell, { once: true });
      });
      Object.assign(window, { told });
    });
    // Zoomed to 200 %, the page has half the room.
    await client.send('Emulation.setDeviceMetricsOverride', {
      // WCAG 1.4.10 asks for 320 px and no less.
      width: Math.max(320, Math.round(size.width / 2)),
      height: Math.round(size.height / 2),
      deviceScaleFactor: 2,
      mobile: false,
    });
    const atOnce = await page.evaluate(() => (window as unknown as { told: Promise<number> }).told);
    expect(atOnce, 'the page scrolls sideways for a moment').toBeLessThanOrEqual(0);
    await fitsTheScreen(page);
  });
}

/** What Tab can reach: visible, not disabled, not one of several stops of one widget. */
interface Stop {
  name: string;
  index: number;
}

/** Tab goes through everything that takes the focus, in the order of the page, each with a ring that
 * is seen, and out at the end. */
async function walk(page: Page) {
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]')];
    const stops = all.filter((element) => {
      if (element.tabIndex < 0 || element.matches(':disabled, [type="hidden"]')) return false;
      if (!element.checkVisibility({ visibilityProperty: true })) return false;
      // Radio buttons of one name are one stop.
      if (element instanceof HTMLInputElement && element.type === 'radio' && element.name) {
        const group = [...document.querySelectorAll<HTMLInputElement>(`input[type="radio"][name="${element.name}"]`)]
          .filter((other) => other.form === element.form);
        return element === (group.find((other) => other.checked) ?? group[0]);
      }
      return true;
    });
    stops.forEach((element, index) => element.setAttribute('data-stop', String(index)));
    return stops.map((element) => `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`);
  });
  expect(wanted.length, 'something takes the focus').toBeGreaterThan(0);

  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    window.getSelection()?.removeAllRanges();
  });
  const reached: Stop[] = [];
  // A date field holds several stops of its own.
  for (let presses = 0; presses < wanted.length * 4 + 10; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return null;
      const seen = [element, ...(element.parentElement ? [element.parentElement] : [])].some((part) => {
        const style = getComputedStyle(part);
        const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        const inset = part === element && /inset/.test(style.boxShadow) && /\b2px\b/.test(style.boxShadow);
        return outline || inset;
      });
      const box = element.getBoundingClientRect();
      return {
        name: `${element.tagName} ${element.className} ${element.textContent?.trim().slice(0, 40)}`,
        index: Number(element.dataset.stop ?? -1),
        seen,
        inView: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      };
    });
    // Out of the page: the browser's own controls are next.
    if (!focus || focus.index === 0 && reached.length > 1) break;
    const last = reached.at(-1);
    if (last?.index === focus.index) continue;
    expect(focus.seen, `the focus on ${focus.name} is seen`).toBe(true);
    expect(focus.inView, `${focus.name} is scrolled into view`).toBe(true);
    reached.push({ name: focus.name, index: focus.index });
  }
  const indices = reached.map((stop) => stop.index);
  expect(indices, `Tab reaches everything in order:\n${wanted.join('\n')}`).toEqual(wanted.map((_, index) => index));
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const place of PAGES) {
    test(`${title(place)} reads, and its links lead somewhere`, async ({ page }) => {
      await open(page, place);
      await expect(page.getByRole('main')).toHaveCount(1);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await fitsTheScreen(page);
      const links = await page.locator('a[href]').evaluateAll((all) => [
        ...new Set(all.map((link) => (link as HTMLAnchorElement).href)),
      ]);
      const here = new URL(page.url()).origin;
      for (const link of links.filter((address) => address.startsWith(here)).map((address) => address.split('#')[0])) {
        const answer = await page.request.get(link, { maxRedirects: 0 });
        expect(answer.status(), link).toBeLessThan(400);
      }
    });
  }
});
