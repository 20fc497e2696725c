// How every mode looks, light and dark, on plain and on dense screens.
//
// Texts are left out: the demo's days are counted from today, so that its dates change and its shapes
// do not. Screenshots are of the chart alone, in device pixels.
import type { Page } from '@playwright/test';
import { enter, expect, test } from './house';
import { day, figure, frame, NIGHTS, ready } from './charts';

/** A stretch of whole nights at altitude, wherever today is. */
const stretch = () => `zoom=${day(-7)}T00:00..${day(-1)}T12:00`;

const MODES = ['overlay', 'side', 'difference', 'spread'];
const SCREENS = [
  { scheme: 'light', density: 1 },
  { scheme: 'light', density: 2 },
  { scheme: 'dark', density: 1 },
  { scheme: 'dark', density: 2 },
] as const;

/** The picture without words, without the crosshair, without what lies around it. */
async function still(page: Page) {
  await page.mouse.move(2, 2);
  await page.addStyleTag({ content: 'svg text { visibility: hidden !important } * { caret-color: transparent !important }' });
  await page.evaluate(() => document.fonts.ready);
  await frame(page);
}

test.describe('looks', { tag: '@rules' }, () => {
  for (const { scheme, density } of SCREENS) {
    test.describe(`${scheme}, ${density}×`, () => {
      test.use({ colorScheme: scheme, deviceScaleFactor: density, viewport: { width: 900, height: 700 }, bypassCSP: true });

      test('every mode', async ({ page }) => {
        await enter(page);
        for (const mode of MODES) {
          await page.goto(`/compare?range=14d&metrics=spo2_night,hrv_rmssd&mode=${mode}&${stretch()}`);
          const shown = mode === 'spread' ? page.locator('figure[data-chart="spread"] svg').first() : figure(page, NIGHTS).locator('.stage');
          if (mode === 'spread') await expect(shown).toBeVisible();
          else await ready(page, NIGHTS);
          await still(page);
          await expect(shown).toHaveScreenshot(`${mode}-${scheme}-${density}x.png`, { scale: 'device', maxDiffPixelRatio: 0.0005 });
        }
      });
    });
  }
});
