// A picture of every page, as it first meets the eye.
import { expect, fitsTheScreen, hydrated, signIn, test } from '../tests/house';

const PAGES = {
  overview: '/',
  compare: '/compare',
  day: '/day',
  workouts: '/workouts',
  data: '/data',
  connections: '/connections',
  settings: '/settings',
};

for (const [name, address] of Object.entries(PAGES)) {
  test(name, async ({ page }) => {
    await signIn(page);
    await page.goto(address);
    await hydrated(page);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.fonts.ready);
    await fitsTheScreen(page);
    const { name: look } = test.info().project;
    await page.screenshot({ path: `../docs/images/${name}-${look}.png`, animations: 'disabled' });
  });
}
