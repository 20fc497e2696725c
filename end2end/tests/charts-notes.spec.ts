// Notes on the charts of hours: begun at the crosshair, marked there, opened by their mark.
import type { Page } from '@playwright/test';
import { expect, test } from './house';
import { type Chart, HEART, NIGHT, WORKOUT, figure, frame, openChart, stage, uprights } from './charts';

const dialog = (page: Page) => page.getByRole('dialog');
const words = (page: Page) => dialog(page).getByLabel('What was it?');
const list = (page: Page) => page.getByRole('region', { name: 'Notes', exact: true });

/** Taps down the crosshair's column, from its foot, until something opens. */
async function opened(page: Page, chart: Chart, x: number) {
  const box = await stage(page, chart).boundingBox();
  if (!box) throw new Error('no stage');
  for (let y = box.height - 30; y > 0; y -= 12) {
    await stage(page, chart).click({ position: { x, y } });
    await frame(page);
    if (await dialog(page).isVisible()) return;
  }
  throw new Error('no mark opens');
}

for (const chart of [NIGHT, HEART, WORKOUT]) {
  test(`a note is put on the ${chart.name} where the crosshair stands, and opens by its mark`, { tag: '@rules' }, async ({ page }) => {
    await openChart(page, chart);
    const here = figure(page, chart).getByRole('button', { name: 'Note here' });
    await expect(here).toBeDisabled();
    await stage(page, chart).focus();
    await page.keyboard.press('Home');
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowRight');
    await frame(page);
    const at = await chart.instant(page);
    const [upright] = await uprights(page, chart);
    await here.click();
    await expect(words(page)).toBeFocused();
    const text = `Stopped to rest, ${chart.name}`;
    await words(page).fill(text);
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await expect(dialog(page)).toBeHidden();
    const line = list(page).getByRole('listitem').filter({ hasText: text });
    // Listed by the clock of the chart, to the five minutes before.
    const [, hours, minutes] = /(\d\d):(\d\d)/.exec((await line.locator('.note-when').textContent()) ?? '') ?? [];
    const since = ((at ?? 0) / 60_000 - Number(hours) * 60 - Number(minutes)) % (24 * 60);
    expect(since).toBeGreaterThanOrEqual(0);
    expect(since).toBeLessThan(5);

    await stage(page, chart).scrollIntoViewIfNeeded();
    const width = (await stage(page, chart).boundingBox())?.width ?? 0;
    await opened(page, chart, upright * width);
    await expect(words(page)).toHaveValue(text);
    await dialog(page).getByRole('button', { name: 'Delete' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(line).toHaveCount(0);
  });
}
